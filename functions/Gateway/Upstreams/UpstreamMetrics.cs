using System.Diagnostics.Metrics;
using Gateway.Errors;

namespace Gateway.Upstreams;

/// <summary>What services did, counted by service.</summary>
internal sealed class UpstreamMetrics(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create("ServerlessGateway");

    private Counter<long> Attempts => field ??= _meter.CreateCounter<long>(
        "gateway.upstream.attempts", "{attempt}", "Attempts to call a service, by outcome: answered, or the slug of the error.");

    private Counter<long> Repeats => field ??= _meter.CreateCounter<long>(
        "gateway.upstream.retries", "{attempt}", "Attempts that repeat one before.");

    private Counter<long> Ejections => field ??= _meter.CreateCounter<long>(
        "gateway.upstream.ejections", "{ejection}", "Addresses that were set aside after failures in a row.");

    private Counter<long> Tokens => field ??= _meter.CreateCounter<long>(
        "gateway.upstream.tokens", "{token}", "Tokens of the gateway's own identity that were asked for, by scope and outcome: got or failed.");

    public void AskedForToken(string scope, bool isGot) => Tokens.Add(1, new("scope", scope), new("outcome", isGot ? "got" : "failed"));

    public void Answered(string service) => Attempts.Add(1, new("service", service), new("outcome", "answered"));

    public void Failed(string service, GatewayError error) => Attempts.Add(1, new("service", service), new("outcome", error.Describe().Slug));

    public void Repeated(string service) => Repeats.Add(1, new KeyValuePair<string, object?>("service", service));

    public void Ejected(string service) => Ejections.Add(1, new KeyValuePair<string, object?>("service", service));
}
