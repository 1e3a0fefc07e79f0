using System.Net;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Addresses;

/// <summary>
/// Finds out who the client is: the right-most hop that is no trusted proxy. Headers are read only when the peer itself is trusted; from
/// X-Forwarded-* when there is an X-Forwarded-For, else from Forwarded (RFC 7239), never from a mixture. A hop that cannot be read ends the walk.
/// </summary>
internal sealed class ClientAddressMiddleware(RequestDelegate next, IReadOnlyList<IPNetwork> trustedProxies)
{
    private readonly AddressSet _trusted = new(trustedProxies);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Gateway();
        var peer = AddressSet.Normalize(context.Connection.RemoteIpAddress ?? IPAddress.None);
        (request.ClientAddress, request.TrustedHops) = (peer, [peer]);
        if (_trusted.Contains(peer))
        {
            Believe(request, context.Request.Headers, peer);
        }

        return next(context);
    }

    private void Believe(GatewayRequest request, IHeaderDictionary headers, IPAddress peer)
    {
        var claims = headers.TryGetValue("Forwarded", out var forwarded) && !headers.ContainsKey("X-Forwarded-For")
            ? ForwardedHop.ReadForwarded(forwarded)
            : ForwardedHop.ReadXForwarded(headers);
        List<IPAddress> hops = [peer];
        var believed = 0;
        while (believed < claims.Count && _trusted.Contains(hops[^1]) && claims[^(believed + 1)].For is { } hop)
        {
            hops.Add(AddressSet.Normalize(hop));
            believed++;
        }

        // What the proxy nearest to the client said of scheme and host stands beside the client's address.
        var nearest = claims.Count == 0 ? default : claims[^Math.Max(believed, 1)];
        hops.Reverse();
        (request.ClientAddress, request.TrustedHops) = (hops[0], hops);
        request.Scheme = nearest.Proto ?? request.Scheme;
        request.Host = HostText.WithoutDefaultPort(nearest.Host ?? request.Host, request.Scheme);
    }
}
