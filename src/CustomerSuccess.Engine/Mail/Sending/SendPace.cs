using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>The limits per minute, over all workers: the marks stand in the database.</summary>
internal sealed class SendPace
{
    private const string All = "all", DomainPrefix = "domain:";

    private const int MostPlanned = 1000;

    private readonly CustomerSuccessContext _context;
    private readonly CompanySettings _settings;
    private readonly Dictionary<string, MailPaceMark> _marks;
    private readonly Dictionary<string, DateTime> _planned;

    private SendPace(CustomerSuccessContext context, CompanySettings settings, Dictionary<string, DateTime> planned, Dictionary<string, MailPaceMark> marks) =>
        (_context, _settings, _planned, _marks) = (context, settings, planned, marks);

    public static async Task<SendPace> OpenAsync(CustomerSuccessContext context, CompanySettings settings, IEnumerable<MailRecipient> recipients, Dictionary<string, DateTime> planned, CancellationToken cancellation)
    {
        if (settings.MailPerMinute == 0 && settings.MailDomainPerMinute == 0)
        {
            return new(context, settings, planned, []);
        }

        var names = Domains(recipients).Append(All).ToList();
        return new(context, settings, planned, await context.MailPaces.Where(mark => names.Contains(mark.Name)).ToDictionaryAsync(mark => mark.Name, cancellation));
    }

    /// <summary>
    /// Takes a slot of each limit. Where one is used up, none is taken, and the moment to come back is returned: those sent away one after another
    /// come back at the limit's distance, rather than all for the next slot.
    /// </summary>
    public DateTime? Take(IEnumerable<MailRecipient> recipients, DateTime now)
    {
        var wanted = new List<(string Name, int PerMinute)>();
        if (_settings.MailPerMinute > 0)
        {
            wanted.Add((All, _settings.MailPerMinute));
        }

        if (_settings.MailDomainPerMinute > 0)
        {
            wanted.AddRange(Domains(recipients).Select(name => (name, _settings.MailDomainPerMinute)));
        }

        var slots = wanted.ConvertAll(limit => MailPace.Take(_marks.GetValueOrDefault(limit.Name)?.NextAt, now, limit.PerMinute));
        if (slots.Max(slot => slot.WaitUntil) is { } wait)
        {
            var (name, perMinute) = wanted[slots.FindIndex(slot => slot.WaitUntil == wait)];
            var back = _planned.TryGetValue(name, out var planned) && planned > wait ? planned : wait;
            _planned[name] = back + MailPace.Distance(perMinute);
            if (_planned.Count > MostPlanned)
            {
                foreach (var (passed, _) in _planned.Where(plan => plan.Value < now).ToList())
                {
                    _planned.Remove(passed);
                }
            }

            return back;
        }

        for (var i = 0; i < wanted.Count; i++)
        {
            if (!_marks.TryGetValue(wanted[i].Name, out var mark))
            {
                _marks.Add(wanted[i].Name, mark = new MailPaceMark { Name = wanted[i].Name });
                _context.MailPaces.Add(mark);
            }

            mark.NextAt = slots[i].NextAt;
        }

        return null;
    }

    private static IEnumerable<string> Domains(IEnumerable<MailRecipient> recipients) =>
        recipients.Where(recipient => recipient.State == RecipientState.Pending && recipient.AddressKey.Length > 0).Select(recipient => DomainPrefix + EmailAddress.Domain(recipient.AddressKey)).Distinct();
}
