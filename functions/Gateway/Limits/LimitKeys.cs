using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Gateway.Requests;
using Gateway.Templates;
using Microsoft.AspNetCore.Http;

namespace Gateway.Limits;

/// <summary>Whose a request is, as a limit's <c>by</c> says.</summary>
internal static class LimitKeys
{
    /// <summary>
    /// The key of a request. Without a consumer it is the client's address; IPv6 counts by /64, which is what one client has. Requests
    /// without the claim or header share one key. What clients write freely is hashed, so that keys stay short.
    /// </summary>
    public static string Of(HttpContext context, IReadOnlyList<LimitKeyConfig> by)
    {
        var request = context.Gateway();
        return by.Count switch
        {
            0 => "",
            1 => Of(context, request, by[0]),
            _ => string.Join('\n', by.Select(part => Of(context, request, part))),
        };
    }

    private static string Of(HttpContext context, GatewayRequest request, LimitKeyConfig by) => by.Kind switch
    {
        LimitKeyKind.Consumer => request.Caller.Consumer is { } consumer ? "consumer " + Hash(consumer) : Address(request.ClientAddress),
        LimitKeyKind.Address => Address(request.ClientAddress),
        LimitKeyKind.Route => "route " + request.Route,
        LimitKeyKind.Claim => "claim " + Hash(new RequestTemplateValues(context).Claim(by.Name!)),
        LimitKeyKind.Header => "header " + Hash(new RequestTemplateValues(context).Header(by.Name!)),
        _ => throw new ArgumentOutOfRangeException(nameof(by), by.Kind, "Say what this kind counts apart."),
    };

    private static string Address(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? "address " + Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8))
            : "address " + plain;
    }

    private static string Hash(string? text)
    {
        if (text is null)
        {
            return "none";
        }

        // Half of SHA-256: nobody finds two texts that share a counter.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexString(hash[..16]);
    }
}
