using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Names and messages that a company gave its plays, for sentences all over the application; what another process changed is known within a minute.</summary>
public sealed class PlayNames(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private volatile Book? _book;

    /// <summary>What the company says of a play, with its template's text where it has no words of its own; null where it says nothing.</summary>
    public Play? Find(string key)
    {
        var book = _book;
        if (book is null || clock.GetUtcNow() - book.ReadAt > Kept)
        {
            _book = book = Read();
        }

        return book.Plays.GetValueOrDefault(key);
    }

    /// <summary>Reads anew at the next question.</summary>
    internal void Forget() => _book = null;

    // asked while a page is drawn, which cannot wait: one short read of a small table a minute. Deleted plays keep their names in what was done.
    private Book Read()
    {
        using var context = database.OpenContext();
        var plays = context.StoredPlays.AsNoTracking().ToList().Select(play => PlayText.Read(play.PlayJson)).ToList();
        var wanted = plays.Select(play => play.TemplateId).OfType<string>().Distinct().ToList();
        var templates = context.MailTemplates.AsNoTracking().Where(template => wanted.Contains(template.TemplateId)).ToList().GroupBy(template => template.TemplateId).ToDictionary(own => own.Key, own => own.MaxBy(template => template.Version)!);
        return new(clock.GetUtcNow(), plays.ToDictionary(play => play.Key, play => play.TemplateId is { } id && templates.TryGetValue(id, out var template)
            ? play with { MessageEn = play.MessageEn ?? template.BodyEn, MessageJa = play.MessageJa ?? template.BodyJa }
            : play));
    }

    private sealed record Book(DateTimeOffset ReadAt, IReadOnlyDictionary<string, Play> Plays);
}
