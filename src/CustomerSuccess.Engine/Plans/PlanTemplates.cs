using System.Reflection;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Plans;

/// <summary>A template as lists show it.</summary>
/// <param name="Template">What it holds.</param>
/// <param name="IsShipped">True where it comes with the product and the company has not put its own in its place.</param>
/// <param name="Version">Of the company's own; 0 for a shipped one.</param>
public sealed record KnownTemplate(PlanTemplate Template, bool IsShipped, int Version);

/// <summary>Plans to start from: those that come with the product, and the company's own, which go before one of the same key.</summary>
public sealed class PlanTemplates(Database database, Acts acts)
{
    private const string ResourcePrefix = "plan-template.";

    private static readonly Lazy<IReadOnlyList<PlanTemplate>> ShippedOnes = new(ReadShipped);

    /// <summary>Those that come with the product, by key.</summary>
    public static IReadOnlyList<PlanTemplate> Shipped => ShippedOnes.Value;

    /// <summary>Every template, shipped ones first, each by key.</summary>
    public async Task<IReadOnlyList<KnownTemplate>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var own = (await context.PlanTemplates.AsNoTracking().OrderBy(template => template.TemplateKey).ToListAsync(cancellation))
            .Select(stored => (stored.Version, PlanTemplate.Read(stored.Json).Template)).Where(read => read.Template is not null).ToDictionary(read => read.Template!.Key);
        return
        [
            .. Shipped.Select(template => own.Remove(template.Key, out var replaced) ? new KnownTemplate(replaced.Template!, false, replaced.Version) : new KnownTemplate(template, true, 0)),
            .. own.Values.Select(read => new KnownTemplate(read.Template!, false, read.Version)),
        ];
    }

    /// <summary>The template of a key; null where there is none.</summary>
    public async Task<PlanTemplate?> FindAsync(string key, CancellationToken cancellation = default) =>
        (await ListAsync(cancellation)).FirstOrDefault(known => known.Template.Key == key)?.Template;

    /// <summary>Keeps a template, written here or handed on by another company. Whoever may work may add one; only managers put one in another's place.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="json">The template's file.</param>
    /// <param name="replaces">True to put it in the place of the company's own of the same key.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    /// <returns>Invalid with <c>template</c> and a code of <see cref="PlanTemplate.Read"/>; a conflict where one of the key is there.</returns>
    public async Task<ActResult<StoredPlanTemplate>> SaveAsync(Viewer viewer, string json, bool replaces = false, CancellationToken cancellation = default)
    {
        var (template, problem) = PlanTemplate.Read(json);
        return !viewer.MayWork || (replaces && !viewer.MayManage) ? ActResult.Forbidden<StoredPlanTemplate>()
            : template is null ? ActResult.Invalid<StoredPlanTemplate>("template", problem!)
            : await acts.RunAsync(viewer, async act =>
            {
                await act.LockAsync("plan-template");
                var stored = await act.Context.PlanTemplates.FindAsync([template.Key], cancellation);
                if ((stored is not null || Shipped.Any(shipped => shipped.Key == template.Key)) && !replaces)
                {
                    return ActResult.Conflict(stored);
                }

                if (stored is null)
                {
                    act.Context.PlanTemplates.Add(stored = new StoredPlanTemplate { TemplateKey = template.Key, Json = "", ByUser = viewer.UserId });
                }

                (stored.Json, stored.ChangedAt, stored.ByUser, stored.ByEmail) = (template.ToJson(), act.Now, viewer.UserId, viewer.Email);
                stored.Version++;
                act.Note(JournalAreas.Plan, stored.Version == 1 ? "template_created" : "template_changed", recordId: template.Key);
                return ActResult.Done(stored);
            }, cancellation);
    }

    /// <summary>Removes the company's own template; a shipped one of the key is there again.</summary>
    public async Task<ActResult<StoredPlanTemplate>> RemoveAsync(Viewer viewer, string key, CancellationToken cancellation = default) =>
        !viewer.MayManage ? ActResult.Forbidden<StoredPlanTemplate>() : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("plan-template");
            if (await act.Context.PlanTemplates.FindAsync([key], cancellation) is not { } stored)
            {
                return ActResult.NotFound<StoredPlanTemplate>();
            }

            act.Context.PlanTemplates.Remove(stored);
            act.Note(JournalAreas.Plan, "template_removed", recordId: key, changes: new FieldChanges().Note("json", stored.Json, null));
            return ActResult.Done(stored);
        }, cancellation);

    private static List<PlanTemplate> ReadShipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var (template, problem) = PlanTemplate.Read(reader.ReadToEnd());
                return template ?? throw new InvalidOperationException($"The template {name} does not hold together: {problem}.");
            }),
        ];
    }
}
