using System.Diagnostics.Metrics;
using Gateway.Configuration;
using Gateway.Telemetry;

namespace Gateway.Secrets;

/// <summary>Counts readings of secrets, by the names that the configuration has for them.</summary>
internal sealed class SecretMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _reads = meters.Create(GatewayInstruments.Name).CreateCounter<long>(
        "gateway.secrets.reads", "{read}", "Readings of secrets from the vault, by secret and outcome: changed, same, or what was wrong.");

    public void Read(string secret, bool isChanged) => Count(secret, isChanged ? "changed" : "same");

    public void Failed(string secret, SecretFault fault) => Count(secret, EnumNames.Kebab(fault.ToString()));

    private void Count(string secret, string outcome) => _reads.Add(1, new("secret", secret), new("outcome", outcome));
}
