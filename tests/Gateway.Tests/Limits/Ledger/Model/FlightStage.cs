namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Where a write is: on its way, made, or made impossible by another.</summary>
internal enum FlightStage
{
    None,
    Sent,
    Made,
    Stale,
}
