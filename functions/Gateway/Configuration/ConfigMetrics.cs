using System.Diagnostics.Metrics;
using Gateway.Telemetry;

namespace Gateway.Configuration;

/// <summary>What came of reading the configuration file.</summary>
internal enum ReloadOutcome
{
    /// <summary>A new snapshot serves.</summary>
    Loaded,

    /// <summary>The file has errors, or cannot be read; the snapshot before serves on.</summary>
    Refused,

    /// <summary>The file is right and could not be compiled; the snapshot before serves on.</summary>
    Failed,

    /// <summary>It is right and a secret that it names is not there or does not fit; the snapshot before serves on.</summary>
    Lacking,
}

/// <summary>Metrics of the configuration file.</summary>
internal sealed class ConfigMetrics
{
    private readonly Counter<long> _reloads;
    private int _isBroken;

    public ConfigMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayInstruments.Name);
        _reloads = meter.CreateCounter<long>("gateway.config.reloads", "{reload}", "Contents of the configuration file that were tried, by outcome.");
        meter.CreateObservableGauge("gateway.config.broken", () => Volatile.Read(ref _isBroken), "{file}", "1 while the configuration file is not the one that serves, because it is wrong.");
    }

    public void Tried(ReloadOutcome outcome) => _reloads.Add(1, new KeyValuePair<string, object?>("outcome", EnumNames.Kebab(outcome.ToString())));

    public void FileIs(bool broken) => Volatile.Write(ref _isBroken, broken ? 1 : 0);
}
