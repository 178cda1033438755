using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>What the newest score run knows of accounts, as far as running sequences ask for it. It is read when the first of them does.</summary>
internal sealed class SequenceConditions(Database database, ScoreRun? run, IReadOnlyCollection<Play> plays, CancellationToken cancellation)
{
    private Dictionary<int, int>? _rows;
    private RunTable? _table;

    /// <summary>0 where nothing was scored yet.</summary>
    public int RunId => run?.ScoreRunId ?? 0;

    /// <summary>True where a play asks for something when an account is looked at after a score run.</summary>
    public static bool AsksOfRuns(PlaySequence sequence) => sequence.Goal is not null || sequence.EndsWhenReasonGone;

    /// <summary>What is known of an account; null where it was not scored.</summary>
    public async Task<IFieldValues?> OfAsync(int accountNo)
    {
        if (run is null)
        {
            return null;
        }

        if (_table is null)
        {
            await using var context = database.OpenContext();
            _table = await RunTable.ReadAsync(context, run, Conditions(), await SegmentMembers.ConditionsAsync(context, cancellation), cancellation, PlayQuery.FieldsOf(plays));
            _rows = _table.Scores.Select((score, row) => (score.AccountNo, row)).ToDictionary(own => own.AccountNo, own => own.row);
        }

        return _rows!.TryGetValue(accountNo, out var at) ? _table.At(at) : null;
    }

    private IEnumerable<Condition> Conditions() =>
        PlayQuery.ConditionsOf(plays).Concat(plays.Select(play => play.Sequence).OfType<PlaySequence>().SelectMany(sequence => sequence.Steps.Select(step => step.SkipWhen).Append(sequence.Goal).OfType<Condition>()));
}
