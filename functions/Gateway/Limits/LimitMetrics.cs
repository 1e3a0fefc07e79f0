using System.Diagnostics.Metrics;
using Gateway.Telemetry;

namespace Gateway.Limits;

/// <summary>Metrics of limits; the labels are names from the configuration.</summary>
internal sealed class LimitMetrics
{
    private readonly Counter<long> _requests;

    public LimitMetrics(IMeterFactory meters) =>
        _requests = meters.Create(GatewayInstruments.Name).CreateCounter<long>("gateway.limits.requests", "{request}", "Requests by limit and outcome.");

    public void Admitted(string limit) => Count(limit, "admitted");

    public void Refused(string limit) => Count(limit, "refused");

    /// <summary>A shadow limit would have refused.</summary>
    public void Shadow(string limit) => Count(limit, "shadow");

    /// <summary>A limit could not be counted, and refused.</summary>
    public void Unavailable(string limit) => Count(limit, "unavailable");

    private void Count(string limit, string outcome) =>
        _requests.Add(1, new KeyValuePair<string, object?>("limit", limit), new KeyValuePair<string, object?>("outcome", outcome));
}
