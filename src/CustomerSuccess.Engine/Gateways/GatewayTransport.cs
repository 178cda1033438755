using CustomerSuccess.Engine.Mail.Sending;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Gateways;

/// <summary>Hands messages to the gateways that are on, each by its own. One that is away keeps back its own messages alone.</summary>
internal sealed class GatewayTransport(Database database, SettingsStore settings, HttpClient client, TimeProvider clock) : MailTransport
{
    /// <summary>Messages that are under way at one time.</summary>
    public const int AtOnce = 4;

    public override string Name => "gateways";

    public override Task ReadyAsync(CancellationToken cancellation) => Task.CompletedTask;

    public override async Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        try
        {
            await using var context = database.OpenContext();
            return await GatewayBook.OnAsync(context, mail.Channel, CancellationToken.None) is { } gateway
                ? await GatewayCall.SendAsync(client, gateway, settings.Open(gateway.Secret), SealGateway.Read(mail.Raw), mail.MessageId, clock.GetUtcNow(), cancellation)
                : Delivery.Of(DeliveryOutcome.PutOff, "no gateway of this kind is on");
        }
        catch (Exception error) when (error is InvalidOperationException or System.Data.Common.DbException)
        {
            // a secret that cannot be read, or a database that is away for a moment
            return Delivery.Of(DeliveryOutcome.PutOff, error.Message);
        }
    }
}
