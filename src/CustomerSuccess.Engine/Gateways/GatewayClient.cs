using System.Net;
using System.Net.Sockets;
using CustomerSuccess.Core.Gateways;

namespace CustomerSuccess.Engine.Gateways;

/// <summary>
/// The way out to gateways. A name is resolved once and what was checked is what is connected to; addresses of private networks are refused unless a setting lets them be, those of
/// the link (among them where clouds keep credentials) always, and this machine is reached only where the address names it. No redirect is followed, no proxy used, no cookie kept.
/// Every request has its own connection, so that none is repeated on another unseen.
/// </summary>
internal static class GatewayClient
{
    /// <summary>A client that is disposed with what it was opened for.</summary>
    /// <param name="privateNetworks">True where addresses of private networks may be reached.</param>
    public static HttpClient Open(bool privateNetworks) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = 64,
        ResponseDrainTimeout = TimeSpan.Zero,
        ConnectCallback = (context, cancellation) => ConnectAsync(context, privateNetworks, cancellation),
    })
    {
        // each gateway has its own
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>True where an address may be connected to.</summary>
    /// <param name="address">IPv4, IPv6 or one in the other.</param>
    /// <param name="thisMachine">True where the gateway's address names this machine.</param>
    /// <param name="privateNetworks">True where private networks may be reached.</param>
    public static bool MayReach(IPAddress address, bool thisMachine, bool privateNetworks)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
        {
            return thisMachine;
        }

        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // what translates or tunnels to IPv4 hides which one
            var bytes = plain.GetAddressBytes();
            return !(plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || plain.IsIPv6SiteLocal || plain.IsIPv6Teredo || plain.Equals(IPAddress.IPv6Any)
                || (bytes[0] == 0x20 && bytes[1] == 0x02) || bytes.AsSpan(0, 12).SequenceEqual(new byte[12]) || bytes.AsSpan(0, 4).SequenceEqual<byte>([0x00, 0x64, 0xff, 0x9b]))
                && (privateNetworks || !plain.IsIPv6UniqueLocal);
        }

        return plain.GetAddressBytes() switch
        {
            [0, ..] or [169, 254, ..] or [>= 224, ..] or [192, 0, 0, _] => false,
            [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..] or [198, 18 or 19, ..] => privateNetworks,
            _ => true,
        };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, bool privateNetworks, CancellationToken cancellation)
    {
        var url = context.InitialRequestMessage.RequestUri!;
        var thisMachine = GatewayRules.IsThisMachine(url);
        var addresses = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation)).Where(address => MayReach(address, thisMachine, privateNetworks)).ToArray();
        if (addresses.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"{url.Host} leads to no address that may be reached");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
