using System.Net;
using System.Net.Sockets;

namespace Gateway.Authentication.Jwt;

/// <summary>Connections to issuers: no redirects, no proxy, no cookies, and no private address unless the url itself says loopback.</summary>
internal static class IssuerConnections
{
    private static readonly IPNetwork[] _private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "224.0.0.0/3", "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 16,
        ConnectCallback = ConnectAsync,
    };

    /// <summary>True: this host may be reached at this address. A name on the internet must not lead into our own network.</summary>
    internal static bool IsAllowed(string host, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IsLoopback(host) ? IPAddress.IsLoopback(plain) : !_private.Any(network => network.Contains(plain));
    }

    private static bool IsLoopback(string host) => new UriBuilder(Uri.UriSchemeHttp, host).Uri.IsLoopback;

    // The check is made on the address that is connected to, so that the name cannot change its mind in between.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var endPoint = context.DnsEndPoint;
        var found = await Dns.GetHostAddressesAsync(endPoint.Host, cancellation);
        var allowed = found.Where(address => IsAllowed(endPoint.Host, address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException("The issuer's host has no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
