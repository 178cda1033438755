namespace CustomerSuccess.Core.Modelling;

/// <summary>Why a model is trained again without being asked.</summary>
public enum RetrainReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>So many days have passed.</summary>
    Schedule,

    /// <summary>Watching raised an alarm.</summary>
    Alarm,
}

/// <summary>When models are trained again. The same facts teach the same: without newer ones nothing is due.</summary>
public static class RetrainRule
{
    /// <param name="now">Now, UTC.</param>
    /// <param name="trainedAt">When the newest training ended; null where nobody ever trained: the first is somebody's decision.</param>
    /// <param name="knownUntil">The day up to which it knew facts.</param>
    /// <param name="reach">The day up to which facts are known now.</param>
    /// <param name="everyDays">0 for never.</param>
    /// <param name="onAlarm">True where an alarm makes it due.</param>
    /// <param name="alarmAt">When the newest alarm was raised; null where there is none.</param>
    public static RetrainReason Due(DateTime now, DateTime? trainedAt, DateOnly? knownUntil, DateOnly? reach, int everyDays, bool onAlarm, DateTime? alarmAt) =>
        trainedAt is not { } trained || !(reach > knownUntil) ? RetrainReason.None
        : onAlarm && alarmAt > trained ? RetrainReason.Alarm
        : everyDays > 0 && now - trained >= TimeSpan.FromDays(everyDays) ? RetrainReason.Schedule
        : RetrainReason.None;
}
