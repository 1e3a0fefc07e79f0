using System.Diagnostics.Metrics;
using Gateway.Errors;
using Gateway.Telemetry;

namespace Gateway.Authentication;

/// <summary>Counts what credentials were presented, and what became of each.</summary>
internal sealed class AuthenticationMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _outcomes = meters.Create(GatewayInstruments.Name)
        .CreateCounter<long>("gateway.auth", "{credential}", "Credentials presented, by scheme and outcome.");

    public void Presented(string scheme, AuthenticationResult result) =>
        _outcomes.Add(1, new("scheme", scheme), new("outcome", result.Failure is { } failure ? failure.Error.Describe().Slug : "accepted"));

    /// <summary>No credential of a kind that counts here was presented.</summary>
    public void Absent(bool isAllowed) => _outcomes.Add(1, new("scheme", AuthConfig.Anonymous), new("outcome", isAllowed ? "accepted" : "refused"));
}
