using System.Diagnostics.Metrics;
using Gateway.Telemetry;

namespace Gateway.Limits.Exact;

/// <summary>Metrics of exact limits: what they ask of storage and what becomes of their leases. Labels are names from the configuration.</summary>
internal sealed class LedgerMetrics
{
    private readonly Counter<long> _renewals;
    private readonly Counter<long> _operations;
    private readonly Counter<long> _wasted;
    private readonly Counter<long> _relearned;
    private readonly Counter<long> _faults;

    public LedgerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayInstruments.Name);
        _renewals = meter.CreateCounter<long>("gateway.limits.renewals", "{renewal}", "Attempts to renew leases, by limit and outcome: written, conflict, ambiguous, away, nothing.");
        _operations = meter.CreateCounter<long>("gateway.limits.storage.operations", "{operation}", "Calls to storage that limits made, by kind.");
        _wasted = meter.CreateCounter<long>("gateway.limits.wasted", "{token}", "Tokens that were leased and neither spent nor given back, by limit.");
        _relearned = meter.CreateCounter<long>("gateway.limits.time.relearned", "{time}", "Times that storage's time was not what was known.");
        _faults = meter.CreateCounter<long>("gateway.limits.faults", "{fault}", "Rows that must not be granted from, and leases that were sealed, by limit and fault: damaged, negative, sealed.");
    }

    public void Renewal(string limit, string outcome) => _renewals.Add(1, new("limit", limit), new("outcome", outcome));

    public void Operation(string kind) => _operations.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Wasted(string limit, long tokens)
    {
        if (tokens > 0)
        {
            _wasted.Add(tokens, new KeyValuePair<string, object?>("limit", limit));
        }
    }

    public void TimeRelearned() => _relearned.Add(1);

    public void Fault(string limit, string fault) => _faults.Add(1, new("limit", limit), new("fault", fault));
}
