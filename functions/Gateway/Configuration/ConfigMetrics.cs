using System.Diagnostics.Metrics;
using Gateway.Telemetry;

namespace Gateway.Configuration;

/// <summary>What came of reading a configuration.</summary>
internal enum ReloadOutcome
{
    /// <summary>A new snapshot serves.</summary>
    Loaded,

    /// <summary>It has errors, or cannot be read; the snapshot before serves on.</summary>
    Refused,

    /// <summary>It is right and could not be compiled; the snapshot before serves on.</summary>
    Failed,

    /// <summary>It is right and a secret that it names is not there or does not fit; the snapshot before serves on.</summary>
    Lacking,
}

/// <summary>Metrics of the configuration that is to serve: the file, or the release in its place.</summary>
internal sealed class ConfigMetrics
{
    private readonly Counter<long> _reloads;
    private int _isBroken;

    public ConfigMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayInstruments.Name);
        _reloads = meter.CreateCounter<long>("gateway.config.reloads", "{reload}", "Configurations that were tried, by outcome.");
        meter.CreateObservableGauge("gateway.config.broken", () => Volatile.Read(ref _isBroken), "{configuration}", "1 while the configuration that is to serve does not, because it is wrong or cannot be read.");
    }

    public void Tried(ReloadOutcome outcome) => _reloads.Add(1, new KeyValuePair<string, object?>("outcome", EnumNames.Kebab(outcome.ToString())));

    public void ConfigIs(bool broken) => Volatile.Write(ref _isBroken, broken ? 1 : 0);
}
