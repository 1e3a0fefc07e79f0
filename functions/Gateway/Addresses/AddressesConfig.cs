using System.Net;

namespace Gateway.Addresses;

/// <summary>Client addresses that are let in or refused. Deny wins; an allow list refuses the rest.</summary>
public sealed record AddressesConfig
{
    /// <summary>Networks that are let in; empty: all.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary>Networks that are refused.</summary>
    public IReadOnlyList<IPNetwork> Deny { get; init; } = [];
}
