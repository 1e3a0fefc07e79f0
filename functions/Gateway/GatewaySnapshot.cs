using Gateway.Configuration;
using Gateway.Secrets;
using Microsoft.AspNetCore.Http;

namespace Gateway;

/// <summary>A configuration, validated and compiled. Immutable; replaced whole on reload; a request keeps the one it began with.</summary>
/// <param name="Release">Id: the first 12 hex digits of the SHA-256 of the configuration's text.</param>
/// <param name="Config">What the operator wrote.</param>
/// <param name="Pipeline">From hygiene to the action, compiled for this configuration.</param>
internal sealed record GatewaySnapshot(string Release, GatewayConfig Config, RequestDelegate Pipeline)
{
    /// <summary>What it was compiled from.</summary>
    public ConfigLoad? Load { get; init; }

    /// <summary>The secrets that it was compiled with.</summary>
    public SecretsTaken Secrets { get; init; } = SecretsTaken.None;
}
