using System.Diagnostics;

namespace Gateway.Telemetry;

/// <summary>The names under which the gateway's traces and metrics are found.</summary>
public static class GatewayInstruments
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "ServerlessGateway";

    internal static ActivitySource Activities { get; } = new(Name);
}
