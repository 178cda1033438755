namespace CustomerSuccess.Core.Inquiries;

/// <summary>The targets of a priority as they are stored; <see cref="TargetRule"/> as they are read.</summary>
public sealed class InquiryTarget
{
    /// <summary>The longest target: a year of days and nights.</summary>
    public const int MostMinutes = 366 * 24 * 60;

    public InquiryPriority Priority { get; set; }

    /// <summary>Business minutes until the first answer; null for no target.</summary>
    public int? FirstResponseMinutes { get; set; }

    /// <summary>Business minutes until it is resolved; null for no target.</summary>
    public int? ResolutionMinutes { get; set; }

    public int Version { get; set; }
}
