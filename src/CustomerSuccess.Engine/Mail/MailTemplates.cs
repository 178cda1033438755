using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>What a template says; see <see cref="MailTemplate"/>.</summary>
public sealed record TemplateText(string Name, Purpose Purpose, string? List, string? SubjectEn, string? BodyEn, string? SubjectJa, string? BodyJa);

/// <summary>Templates and lists: kept in versions, checked before they are kept.</summary>
public sealed class MailTemplates(Database database, Acts acts)
{
    /// <summary>The newest version of every template that is offered, by id.</summary>
    public async Task<IReadOnlyList<MailTemplate>> ListAsync(bool retired = false, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var newest = await context.MailTemplates.AsNoTracking()
            .Where(template => !context.MailTemplates.Any(later => later.TemplateId == template.TemplateId && later.Version > template.Version))
            .OrderBy(template => template.TemplateId).ToListAsync(cancellation);
        return [.. newest.Where(template => retired || !template.Retired)];
    }

    /// <summary>Every version of a template, newest first.</summary>
    public async Task<IReadOnlyList<MailTemplate>> HistoryAsync(string templateId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.MailTemplates.AsNoTracking().Where(template => template.TemplateId == templateId).OrderByDescending(template => template.Version).ToListAsync(cancellation);
    }

    /// <summary>Every field that a template may name, with the formats of those that are always there.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>?>> FieldsAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await FieldsAsync(context, cancellation);
    }

    /// <summary>
    /// Keeps a new version. Problems by field (<c>id</c>, <c>name</c>, <c>list</c>, <c>text</c>, <c>subject_en</c>, <c>body_en</c>, <c>subject_ja</c>, <c>body_ja</c>);
    /// those of a text are a <see cref="TemplateProblem"/> as text.
    /// </summary>
    /// <param name="viewer">Who may manage.</param>
    /// <param name="templateId">Lower case letters, digits and underscores.</param>
    /// <param name="seen">The version that the author saw; 0 for a new template.</param>
    /// <param name="text">What it says.</param>
    /// <param name="further">Fields that whoever uses the template gives it, such as a survey's link.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<MailTemplate>> SaveAsync(Viewer viewer, string templateId, int seen, TemplateText text, IReadOnlyCollection<string>? further = null, CancellationToken cancellation = default) =>
        !viewer.MayManage
            ? ActResult.Forbidden<MailTemplate>()
            : await acts.RunAsync(viewer, async act =>
            {
                await act.LockAsync("mail-template");
                if (await ProblemsAsync(act.Context, templateId, text, further ?? [], act.Cancellation) is { Count: > 0 } problems)
                {
                    return ActResult.Invalid<MailTemplate>(problems);
                }

                var newest = await act.Context.MailTemplates.AsNoTracking().Where(template => template.TemplateId == templateId).OrderByDescending(template => template.Version).FirstOrDefaultAsync(act.Cancellation);
                if ((newest?.Version ?? 0) != seen)
                {
                    return ActResult.Conflict(newest);
                }

                if (newest is { Retired: false } && Says(newest) == text)
                {
                    return ActResult.Unchanged(newest);
                }

                var changes = new FieldChanges()
                    .Note("name", newest?.Name, text.Name).Note("list", newest?.List, text.List)
                    .Note("subject_en", newest?.SubjectEn, text.SubjectEn).Note("body_en", newest?.BodyEn, text.BodyEn)
                    .Note("subject_ja", newest?.SubjectJa, text.SubjectJa).Note("body_ja", newest?.BodyJa, text.BodyJa);
                return ActResult.Done(Keep(act, templateId, seen + 1, text, retired: false, seen == 0 ? "created" : "changed", changes));
            }, cancellation);

    /// <summary>No longer offers a template. Messages that were made from it stay as they are.</summary>
    public async Task<ActResult<MailTemplate>> RetireAsync(Viewer viewer, string templateId, CancellationToken cancellation = default) =>
        !viewer.MayManage
            ? ActResult.Forbidden<MailTemplate>()
            : await acts.RunAsync(viewer, async act =>
            {
                await act.LockAsync("mail-template");
                return await act.Context.MailTemplates.AsNoTracking().Where(template => template.TemplateId == templateId).OrderByDescending(template => template.Version).FirstOrDefaultAsync(act.Cancellation) switch
                {
                    null => ActResult.NotFound<MailTemplate>(),
                    { Retired: true } retired => ActResult.Unchanged(retired),
                    var newest => ActResult.Done(Keep(act, templateId, newest.Version + 1, Says(newest), retired: true, "retired", new FieldChanges())),
                };
            }, cancellation);

    /// <summary>Lists that people can leave: those that are always there, then the company's own by id.</summary>
    public async Task<IReadOnlyList<MailList>> ListsAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await ListsAsync(context, cancellation);
    }

    /// <summary>Adds a list, or gives one other names; also to those that are always there. Problems by field: <c>id</c>, <c>name_en</c>, <c>name_ja</c>.</summary>
    public async Task<ActResult<MailList>> SaveListAsync(Viewer viewer, string listId, string nameEn, string nameJa, CancellationToken cancellation = default) =>
        !viewer.MayManage ? ActResult.Forbidden<MailList>()
        : !IsId(listId) ? ActResult.Invalid<MailList>("id", "bad_id")
        : string.IsNullOrWhiteSpace(nameEn) ? ActResult.Invalid<MailList>("name_en", "missing")
        : string.IsNullOrWhiteSpace(nameJa) ? ActResult.Invalid<MailList>("name_ja", "missing")
        : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("mail-template");
            var list = await act.Context.MailLists.FindAsync([listId], act.Cancellation);
            if (list is null)
            {
                act.Context.MailLists.Add(list = new MailList { ListId = listId, NameEn = "", NameJa = "" });
            }

            act.Note(JournalAreas.MailTemplate, "list", 0, listId, new FieldChanges().Note("name_en", list.NameEn, nameEn.Trim()).Note("name_ja", list.NameJa, nameJa.Trim()));
            (list.NameEn, list.NameJa) = (nameEn.Trim(), nameJa.Trim());
            list.Version++;
            return ActResult.Done(list);
        }, cancellation);

    internal static async Task<IReadOnlyList<MailList>> ListsAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var own = await context.MailLists.AsNoTracking().OrderBy(list => list.ListId).ToListAsync(cancellation);
        return [.. MailLists.BuiltIn.Select(list => own.Find(named => named.ListId == list.ListId) ?? list), .. own.Where(list => !MailLists.BuiltIn.Any(known => known.ListId == list.ListId))];
    }

    private static MailTemplate Keep(ActScope act, string templateId, int version, TemplateText text, bool retired, string verb, FieldChanges changes)
    {
        var kept = new MailTemplate
        {
            TemplateId = templateId,
            Version = version,
            Name = text.Name,
            Purpose = text.Purpose,
            List = text.List,
            SubjectEn = text.SubjectEn,
            BodyEn = text.BodyEn,
            SubjectJa = text.SubjectJa,
            BodyJa = text.BodyJa,
            Retired = retired,
            ChangedAt = act.Now,
            ChangedBy = act.Viewer.Email ?? act.Viewer.UserId,
        };
        act.Context.MailTemplates.Add(kept);
        act.Note(JournalAreas.MailTemplate, verb, 0, templateId, changes);
        return kept;
    }

    private static TemplateText Says(MailTemplate template) => new(template.Name, template.Purpose, template.List, template.SubjectEn, template.BodyEn, template.SubjectJa, template.BodyJa);

    private static bool IsId(string id) => id.Length is > 0 and <= 60 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    internal static async Task<Dictionary<string, IReadOnlyList<string>?>> FieldsAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>?>(MailFields.Known);
        foreach (var attribute in await context.Attributes.AsNoTracking().Where(attribute => attribute.IsCustom).ToListAsync(cancellation))
        {
            fields.TryAdd(MailFields.Custom(attribute.Record == "contacts" ? "contact" : "account", attribute.Name), null);
        }

        return fields;
    }

    private static async Task<Dictionary<string, string>> ProblemsAsync(CustomerSuccessContext context, string templateId, TemplateText text, IReadOnlyCollection<string> further, CancellationToken cancellation)
    {
        var problems = new Dictionary<string, string>();
        var fields = await FieldsAsync(context, cancellation);
        foreach (var field in further)
        {
            fields.TryAdd(field, null);
        }

        if (!IsId(templateId))
        {
            problems["id"] = "bad_id";
        }

        if (string.IsNullOrWhiteSpace(text.Name))
        {
            problems["name"] = "missing";
        }

        if (text.List is { } list && !(await ListsAsync(context, cancellation)).Any(known => known.ListId == list))
        {
            problems["list"] = "unknown";
        }

        if (text.SubjectEn is null && text.SubjectJa is null)
        {
            problems["text"] = "missing";
        }

        (string Field, string? Text, string? Beside)[] texts =
        [
            ("subject_en", text.SubjectEn, text.BodyEn), ("body_en", text.BodyEn, text.SubjectEn),
            ("subject_ja", text.SubjectJa, text.BodyJa), ("body_ja", text.BodyJa, text.SubjectJa),
        ];
        foreach (var (field, written, beside) in texts)
        {
            if (string.IsNullOrWhiteSpace(written) && beside is not null)
            {
                problems[field] = "missing";
            }
            else if (written is not null && FieldTemplate.Parse(written).Check(fields) is [var problem, ..])
            {
                problems[field] = problem.ToString();
            }
        }

        return problems;
    }
}
