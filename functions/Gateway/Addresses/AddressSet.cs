using System.Net;
using System.Net.Sockets;

namespace Gateway.Addresses;

/// <summary>A set of networks; v4-mapped IPv6 is IPv4 on both sides.</summary>
internal sealed class AddressSet(IEnumerable<IPNetwork> networks)
{
    private readonly IPNetwork[] _networks = [.. networks.Select(Unmap)];

    public bool IsEmpty => _networks.Length == 0;

    /// <summary>v4-mapped addresses as v4, and no zone: the form that everything compares and logs.</summary>
    public static IPAddress Normalize(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
        : address;

    /// <summary>True when a normalised address lies in one of the networks.</summary>
    public bool Contains(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork Unmap(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= 96
            ? new(network.BaseAddress.MapToIPv4(), network.PrefixLength - 96)
            : network;
}
