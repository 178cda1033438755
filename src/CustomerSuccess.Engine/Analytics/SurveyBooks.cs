using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>An answer to how satisfied somebody was, or how easy it was.</summary>
/// <param name="Day">The company's day.</param>
/// <param name="IsEffort">True for effort, false for satisfaction.</param>
/// <param name="Part">Where it lies on its scale, 0–1.</param>
internal readonly record struct SaidOf(DateOnly Day, bool IsEffort, double Part)
{
    /// <summary>4 or 5 of 5, which lie at 3/4 of their scale; of effort 5 or more of 7, at 2/3.</summary>
    public bool IsGood => Part >= (IsEffort ? 2.0 / 3 : 0.75) - 1e-9;
}

/// <summary>Somebody who was asked whether he or she would recommend.</summary>
/// <param name="Day">The company's day.</param>
internal readonly record struct AskedOf(int AccountNo, DateOnly Day, bool IsAnswered);

/// <summary>Everybody who was asked, as long as no invitation changes.</summary>
/// <param name="Stamp">Tells this state from every other: invitations only ever go on from state to state.</param>
/// <param name="Rows">By account.</param>
/// <param name="Figures">What was computed of them and of one ground of a book.</param>
internal sealed record InvitationBook(string Stamp, AskedOf[] Rows, KeptFigures Figures);

/// <summary>Keeps what surveys brought beside the answers that every book holds: satisfaction and effort, and who was asked.</summary>
public sealed class SurveyBooks : IDisposable
{
    private readonly Database _database;
    private readonly AccountShelf<SaidOf[]> _said;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>By the ground of the company's book: two states stand while the later one is being computed.</summary>
    private readonly ConditionalWeakTable<object, InvitationBook> _ofGrounds = new();

    private InvitationBook? _invitations;

    public SurveyBooks(Database database)
    {
        _database = database;
        _said = new(database, (_, book, _) => Task.FromResult(book.Settings.TimeZone), SaidAsync, (one, other) => one.AsSpan().SequenceEqual(other));
    }

    public void Dispose()
    {
        _said.Dispose();
        _turn.Dispose();
    }

    /// <summary>Every account's satisfaction and effort: answers to surveys, and what customers said of their inquiries, which is the same question.</summary>
    internal Task<Shelf<SaidOf[]>> SaidAsync(CompanyBook book, CancellationToken cancellation) => _said.ForAsync(book, cancellation);

    /// <summary>Everybody who was ever asked whether he or she would recommend. An invitation changes without a fact, so that it is asked each time whether one did.</summary>
    internal async Task<InvitationBook> InvitationsAsync(CompanyBook book, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var snapshot = await Snapshot.OpenAsync(_database, cancellation);
            var counts = await snapshot.Context.SurveyInvitations.GroupBy(one => new { one.SurveyId, one.WaveNo, one.State }).Select(same => new { same.Key.SurveyId, same.Key.WaveNo, same.Key.State, Count = same.Count() }).ToListAsync(cancellation);
            var stamp = $"{book.Settings.TimeZone}|{string.Join('|', counts.OrderBy(one => one.SurveyId, StringComparer.Ordinal).ThenBy(one => one.WaveNo).ThenBy(one => one.State).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.SurveyId},{one.WaveNo},{(int)one.State},{one.Count}")))}";
            if (_invitations?.Stamp != stamp)
            {
                var calendar = new CompanyCalendar(book.Settings.TimeZone);
                var rows = await snapshot.Context.SurveyInvitations.AsNoTracking().Where(invitation => invitation.Kind == SurveyKind.Nps && invitation.State != InvitationState.HeldBack && invitation.AskedAt != null).OrderBy(invitation => invitation.AccountNo)
                    .Select(invitation => new { invitation.AccountNo, At = invitation.AskedAt!.Value, IsAnswered = invitation.State == InvitationState.Answered }).ToListAsync(cancellation);
                _invitations = new(stamp, [.. rows.Select(row => new AskedOf(row.AccountNo, calendar.Day(row.At), row.IsAnswered))], new());
            }

            if (!_ofGrounds.TryGetValue(book.Ground, out var own) || own.Stamp != stamp)
            {
                _ofGrounds.AddOrUpdate(book.Ground, own = _invitations with { Figures = new() });
            }

            return own;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<Dictionary<int, SaidOf[]>> SaidAsync(Snapshot snapshot, CompanyBook book, string zone, int[]? which, CancellationToken cancellation)
    {
        var calendar = new CompanyCalendar(zone);
        var rows = await snapshot.Context.SurveyResponses.Where(answer => answer.VoidedBy == null && (answer.Kind == "csat" || answer.Kind == "ces") && answer.ScaleMax > answer.ScaleMin && (which == null || which.Contains(answer.AccountNo)))
            .Select(answer => new { answer.AccountNo, At = answer.RespondedAt, IsEffort = answer.Kind == "ces", Part = (answer.Score - answer.ScaleMin) / (answer.ScaleMax - answer.ScaleMin) }).ToListAsync(cancellation);
        rows.AddRange(await snapshot.Context.Inquiries.Where(inquiry => inquiry.VoidedBy == null && inquiry.Satisfaction != null && (which == null || which.Contains(inquiry.AccountNo)))
            .Select(inquiry => new { inquiry.AccountNo, At = inquiry.OpenedAt, IsEffort = false, Part = (inquiry.Satisfaction!.Value - 1) / 4.0 }).ToListAsync(cancellation));

        // in an order of their own, so that the same answers are the same whichever came first
        return rows.GroupBy(row => row.AccountNo).ToDictionary(own => own.Key, own => own.Select(row => new SaidOf(calendar.Day(row.At), row.IsEffort, row.Part)).OrderBy(said => said.Day).ThenBy(said => said.IsEffort).ThenBy(said => said.Part).ToArray());
    }
}
