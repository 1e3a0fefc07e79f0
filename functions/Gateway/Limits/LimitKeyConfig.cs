using Gateway.Configuration;

namespace Gateway.Limits;

/// <summary>What a limit counts apart.</summary>
/// <param name="Kind">consumer, address, route, claim or header.</param>
/// <param name="Name">The claim's or header's name; null for the others.</param>
[TextForm(typeof(LimitKeyForm), IsOnly = true)]
public sealed record LimitKeyConfig(LimitKeyKind Kind, string? Name = null);
