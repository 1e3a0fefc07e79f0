using System.Net;
using System.Net.Sockets;
using Gateway.Requests;
using Gateway.Templates;
using Microsoft.AspNetCore.Http;
using Records;

namespace Gateway.Limits;

/// <summary>Whose a request is, as a limit's <c>by</c> says.</summary>
internal static class LimitKeys
{
    /// <summary>
    /// The key of a request, in the words of <see cref="LimitKeyText"/>. Without a consumer it is the client's address; IPv6 counts by /64, which
    /// is what one client has. Requests without the claim or header share one key.
    /// </summary>
    public static string Of(HttpContext context, IReadOnlyList<LimitKeyConfig> by)
    {
        var request = context.Gateway();
        return by.Count switch
        {
            0 => "",
            1 => Of(context, request, by[0]),
            _ => LimitKeyText.Join(by.Select(part => Of(context, request, part))),
        };
    }

    private static string Of(HttpContext context, GatewayRequest request, LimitKeyConfig by) => by.Kind switch
    {
        LimitKeyKind.Consumer => request.Caller.ConsumerKey ?? Address(request.ClientAddress),
        LimitKeyKind.Address => Address(request.ClientAddress),
        LimitKeyKind.Route => LimitKeyText.Route(request.Route ?? ""),
        LimitKeyKind.Claim => LimitKeyText.Value("claim", new RequestTemplateValues(context).Claim(by.Name!)),
        LimitKeyKind.Header => LimitKeyText.Value("header", new RequestTemplateValues(context).Header(by.Name!)),
        _ => throw new ArgumentOutOfRangeException(nameof(by), by.Kind, "Say what this kind counts apart."),
    };

    private static string Address(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return LimitKeyText.Address(plain.AddressFamily == AddressFamily.InterNetworkV6
            ? $"{new IPAddress([.. plain.GetAddressBytes()[..8], .. new byte[8]])}/64"
            : plain.ToString());
    }
}
