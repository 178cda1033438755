using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Mail.Sending;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Gateways;

/// <summary>What became of a test.</summary>
/// <param name="IsTaken">True where the gateway took it.</param>
/// <param name="Answer">What it said, or what went wrong.</param>
/// <param name="ProviderId">The id that it gave the message; null for none.</param>
/// <param name="MessageId">The id under which it was sent.</param>
public sealed record GatewayTrial(bool IsTaken, string Answer, string? ProviderId, string MessageId);

/// <summary>Where a gateway reaches somebody.</summary>
/// <param name="Address">As it is sent.</param>
/// <param name="IsOptedOut">True where he or she wants nothing by the channel.</param>
public sealed record GatewayAddressee(string Address, bool IsOptedOut);

/// <summary>Gateways as administrators describe them. Their secrets are sealed and never come out again.</summary>
public sealed class GatewayBook(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    private const string Lock = "gateways", Hidden = "(set)";

    /// <summary>True where the viewer may describe gateways and try them.</summary>
    public static bool MayWrite(Viewer viewer) => SettingEdits.MayChange(viewer);

    /// <summary>All gateways by kind and name, without their secrets: whether one has a secret stands in its place.</summary>
    public async Task<IReadOnlyList<Gateway>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var all = await context.Gateways.AsNoTracking().OrderBy(gateway => gateway.Name).ThenBy(gateway => gateway.GatewayId).ToListAsync(cancellation);
        all.ForEach(Hide);
        return [.. all.OrderBy(gateway => gateway.Kind)];
    }

    /// <summary>The gateways that are on, as whoever writes messages sees them: by channel, without secrets.</summary>
    public async Task<IReadOnlyDictionary<string, Gateway>> OnAsync(CancellationToken cancellation = default) =>
        (await ListAsync(cancellation)).Where(gateway => gateway.IsOn).ToDictionary(gateway => gateway.Channel);

    /// <summary>Where the people of an account are reached by the channels that are on, by contact and channel; who has no address there, or none that can be read, is left out. Nothing for an account that the viewer does not see.</summary>
    public async Task<IReadOnlyDictionary<(int ContactNo, string Channel), GatewayAddressee>> AddresseesAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var reached = new Dictionary<(int, string), GatewayAddressee>();
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var gateways = await context.Gateways.AsNoTracking().Where(gateway => gateway.IsOn).ToListAsync(cancellation);
        if (gateways.Count == 0)
        {
            return reached;
        }

        var audience = await MailAudience.ReadAsync(context, viewer, settings, clock.GetUtcNow().UtcDateTime, [accountNo], null, cancellation);
        var stops = await context.ContactStops.AsNoTracking().Where(stop => stop.AccountNo == accountNo && stop.LiftedAt == null && stop.List == null && stop.ContactNo != null).Select(stop => new { stop.ContactNo, stop.Channel }).ToListAsync(cancellation);
        foreach (var gateway in gateways)
        {
            foreach (var contact in audience.ContactsOf(accountNo))
            {
                if (GatewayAddress.Read(gateway.Channel, GatewayAddress.Of(gateway, contact, audience), audience.CountryOf(accountNo)?.Code, settings.Region) is { } address)
                {
                    var isOptedOut = (gateway.Kind == GatewayKind.Sms && contact.OptOutPhone) || stops.Exists(stop => stop.ContactNo == contact.ContactNo && stop.Channel == gateway.Channel);
                    reached.Add((contact.ContactNo, gateway.Channel), new(address.Address, isOptedOut));
                }
            }
        }

        return reached;
    }

    /// <summary>Names of contacts' attributes that can hold an address, as templates name them.</summary>
    public async Task<IReadOnlyList<string>> AttributesAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return [.. (await context.Attributes.AsNoTracking().Where(attribute => attribute.IsCustom && attribute.Record == "contacts").Select(attribute => attribute.Name).ToListAsync(cancellation)).Select(name => MailFields.Custom("contact", name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Keeps a new gateway, or a changed one. Of each kind one can be on: another is refused as <c>is_on</c> with the code <c>taken</c>.</summary>
    /// <param name="viewer">Who may change settings.</param>
    /// <param name="wanted">As it is to be; an empty id for a new one, the version that the author saw. Its secret is not looked at.</param>
    /// <param name="secret">The secret; null leaves it, empty takes it away. <c>file:</c> and a path is read from there.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<Gateway>> SaveAsync(Viewer viewer, Gateway wanted, string? secret, CancellationToken cancellation = default)
    {
        if (!MayWrite(viewer))
        {
            return ActResult.Forbidden<Gateway>();
        }

        var problems = GatewayRules.Check(wanted);
        if (secret is { Length: > Gateway.LongestSecret } || secret?.Any(char.IsControl) == true)
        {
            problems = new Dictionary<string, string>(problems) { ["secret"] = "unreadable" };
        }

        if (problems.Count > 0)
        {
            return ActResult.Invalid<Gateway>(problems);
        }

        // sealing may write a key of its own, which a transaction would keep waiting
        var stored = secret is null ? null : settingsStore.Seal(secret.Trim());
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var all = await act.Context.Gateways.ToListAsync(cancellation);
            var gateway = all.Find(known => known.GatewayId == wanted.GatewayId);
            if (wanted.GatewayId.Length > 0 && gateway is null)
            {
                return ActResult.NotFound<Gateway>();
            }

            if ((gateway?.Version ?? 0) != wanted.Version)
            {
                return ActResult.Conflict(WithoutSecret(gateway!));
            }

            if (wanted.IsOn && all.Exists(known => known.IsOn && known.Kind == wanted.Kind && known.GatewayId != wanted.GatewayId))
            {
                return ActResult.Invalid<Gateway>("is_on", "taken");
            }

            var changes = Changes(gateway, wanted).Note("secret", gateway is { Secret.Length: > 0 } ? Hidden : null, stored is null ? gateway is { Secret.Length: > 0 } ? Hidden : null : stored.Length > 0 ? $"{Hidden} {act.Now:O}" : null);
            var isNew = gateway is null;
            if (gateway is null)
            {
                act.Context.Gateways.Add(gateway = new Gateway { GatewayId = act.NewId(), Name = "", Url = "", Body = "" });
            }

            (gateway.Name, gateway.Kind, gateway.IsOn, gateway.Url, gateway.Method, gateway.Headers) = (wanted.Name.Trim(), wanted.Kind, wanted.IsOn, wanted.Url.Trim(), wanted.Method, wanted.Headers.ReplaceLineEndings("\n").Trim());
            (gateway.Format, gateway.Body, gateway.AddressFrom, gateway.MaxLength, gateway.TimeoutSeconds) = (wanted.Format, wanted.Body.ReplaceLineEndings("\n").Trim(), wanted.AddressFrom, wanted.MaxLength, wanted.TimeoutSeconds);
            (gateway.IdPath, gateway.ConflictMeansTaken, gateway.Secret) = (wanted.IdPath.Trim(), wanted.ConflictMeansTaken, stored ?? gateway.Secret);
            (gateway.Version, gateway.ChangedAt, gateway.ChangedByEmail) = (gateway.Version + 1, act.Now, viewer.Email);
            act.Note(JournalAreas.Gateway, isNew ? "created" : "changed", recordId: gateway.GatewayId, changes: changes);
            return ActResult.Done(WithoutSecret(gateway));
        }, cancellation);
    }

    /// <summary>Turns a gateway on or off.</summary>
    public async Task<ActResult<Gateway>> SetOnAsync(Viewer viewer, string gatewayId, bool isOn, CancellationToken cancellation = default) =>
        !MayWrite(viewer) ? ActResult.Forbidden<Gateway>() : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.Gateways.FindAsync([gatewayId], cancellation) is not { } gateway)
            {
                return ActResult.NotFound<Gateway>();
            }

            if (gateway.IsOn == isOn)
            {
                return ActResult.Unchanged(WithoutSecret(gateway));
            }

            if (isOn && await act.Context.Gateways.AnyAsync(known => known.IsOn && known.Kind == gateway.Kind, cancellation))
            {
                return ActResult.Invalid<Gateway>("is_on", "taken");
            }

            (gateway.IsOn, gateway.Version, gateway.ChangedAt, gateway.ChangedByEmail) = (isOn, gateway.Version + 1, act.Now, viewer.Email);
            act.Note(JournalAreas.Gateway, isOn ? "turned_on" : "turned_off", recordId: gatewayId, changes: new FieldChanges().Note("name", isOn ? null : gateway.Name, isOn ? gateway.Name : null));
            return ActResult.Done(WithoutSecret(gateway));
        }, cancellation);

    /// <summary>Sends a text to an address at once, whether the gateway is on or not, and tells what it said. Problems by field: <c>to</c>, <c>text</c>, <c>secret</c>.</summary>
    public async Task<ActResult<GatewayTrial>> TryAsync(Viewer viewer, string gatewayId, string to, string text, CancellationToken cancellation = default)
    {
        if (!MayWrite(viewer))
        {
            return ActResult.Forbidden<GatewayTrial>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        Gateway? gateway;
        await using (var context = database.OpenContext())
        {
            gateway = await context.Gateways.AsNoTracking().FirstOrDefaultAsync(known => known.GatewayId == gatewayId, cancellation);
        }

        if (gateway is null)
        {
            return ActResult.NotFound<GatewayTrial>();
        }

        if (GatewayAddress.Read(gateway.Channel, to, null, settings.Region) is not { } address)
        {
            return ActResult.Invalid<GatewayTrial>("to", "bad_address");
        }

        if (MarkupText.Plain(text) is not { Length: > 0 } plain || plain.Length > gateway.MaxLength)
        {
            return ActResult.Invalid<GatewayTrial>("text", string.IsNullOrWhiteSpace(text) ? "missing" : "too_long");
        }

        string secret;
        try
        {
            secret = settingsStore.Open(gateway.Secret);
        }
        catch (InvalidOperationException)
        {
            return ActResult.Invalid<GatewayTrial>("secret", "unreadable");
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        using var client = GatewayClient.Open(settings.GatewayPrivateNetworks);
        var message = new GatewayMessage(address.Address, address.National, plain, settings.MailLanguage, null, null, null);
        var delivery = await GatewayCall.SendAsync(client, gateway, secret, message, id, clock.GetUtcNow(), cancellation);
        await acts.RunAsync(viewer, act =>
        {
            act.Note(JournalAreas.Gateway, "tried", recordId: gatewayId, changes: new FieldChanges().Note("answer", null, delivery.Answer));
            return Task.FromResult(ActResult.Done(id));
        }, cancellation);
        return ActResult.Done(new GatewayTrial(delivery.Outcome == DeliveryOutcome.Taken, delivery.Answer, delivery.ProviderId, id));
    }

    /// <summary>The gateway that carries a channel, with its sealed secret; null where none is on.</summary>
    internal static async Task<Gateway?> OnAsync(CustomerSuccessContext context, string channel, CancellationToken cancellation)
    {
        var kind = Gateway.KindOf(channel);
        return await context.Gateways.AsNoTracking().FirstOrDefaultAsync(gateway => gateway.Kind == kind && gateway.IsOn, cancellation);
    }

    private static FieldChanges Changes(Gateway? before, Gateway after) => new FieldChanges()
        .Note("name", before?.Name, after.Name).Note("kind", before?.Kind.ToString(), after.Kind.ToString()).Note("is_on", Text(before?.IsOn), Text(after.IsOn)).Note("url", before?.Url, after.Url)
        .Note("method", before?.Method, after.Method).Note("headers", before?.Headers, after.Headers).Note("format", before?.Format.ToString(), after.Format.ToString()).Note("body", before?.Body, after.Body)
        .Note("address_from", before?.AddressFrom, after.AddressFrom).Note("max_length", Text(before?.MaxLength), Text(after.MaxLength)).Note("timeout", Text(before?.TimeoutSeconds), Text(after.TimeoutSeconds))
        .Note("id_path", before?.IdPath, after.IdPath).Note("conflict_means_taken", Text(before?.ConflictMeansTaken), Text(after.ConflictMeansTaken));

    private static string? Text(object? value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    /// <summary>A copy of its own that says no more of the secret than whether there is one.</summary>
    private static Gateway WithoutSecret(Gateway gateway)
    {
        var copy = new Gateway
        {
            GatewayId = gateway.GatewayId,
            Name = gateway.Name,
            Kind = gateway.Kind,
            IsOn = gateway.IsOn,
            Url = gateway.Url,
            Method = gateway.Method,
            Headers = gateway.Headers,
            Format = gateway.Format,
            Body = gateway.Body,
            Secret = gateway.Secret,
            AddressFrom = gateway.AddressFrom,
            MaxLength = gateway.MaxLength,
            TimeoutSeconds = gateway.TimeoutSeconds,
            IdPath = gateway.IdPath,
            ConflictMeansTaken = gateway.ConflictMeansTaken,
            Version = gateway.Version,
            ChangedAt = gateway.ChangedAt,
            ChangedByEmail = gateway.ChangedByEmail,
        };
        Hide(copy);
        return copy;
    }

    private static void Hide(Gateway gateway) => gateway.Secret = gateway.Secret.Length > 0 ? Hidden : "";
}
