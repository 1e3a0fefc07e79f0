using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Records;

/// <summary>
/// Whose tokens a row holds, in words: "consumer acme", "address 10.0.0.1", "route list", "claim sales", "header x"; several are joined by
/// line feeds, in the order of the limit's <c>by</c>. Nothing stands for a limit that counts everything together.
/// </summary>
public static class LimitKeyText
{
    /// <summary>Longer values are hashed: what a client sends must not take memory.</summary>
    public const int LongestValue = 64;

    public static string Consumer(string name) => Part("consumer", name);

    public static string Route(string name) => Part("route", name);

    /// <summary>An IPv4 address, or the first 64 bits of an IPv6 one such as 2001:db8::/64.</summary>
    public static string Address(string text) => $"address {text}";

    /// <summary>The same of any address. IPv4 written as IPv6 is IPv4.</summary>
    public static string Address(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return Address(address.MapToIPv4().ToString());
        }

        var network = address.GetAddressBytes();
        network.AsSpan(8).Clear();
        return Address($"{new IPAddress(network)}/64");
    }

    /// <summary>A claim's or header's value; null: the request has none, which is a key of its own.</summary>
    public static string Value(string kind, string? value) => value is null ? kind : Part(kind, value);

    public static string Join(IEnumerable<string> parts) => string.Join('\n', parts);

    // A hash is longer than a value may be, so no value can pose as one; a control character could pose as a part of its own.
    private static string Part(string kind, string value) => value.Length <= LongestValue && !value.Any(char.IsControl)
        ? $"{kind} {value}"
        : $"{kind} sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))}";
}
