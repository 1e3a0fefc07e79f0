using System.Diagnostics.Metrics;
using Gateway.Telemetry;

namespace Gateway.Authentication.Jwt;

/// <summary>Counts how often issuers' keys are fetched, and how tokens fare.</summary>
internal sealed class JwtMetrics
{
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _tokens;

    public JwtMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayInstruments.Name);
        _refreshes = meter.CreateCounter<long>("gateway.jwks.refreshes", "{fetch}", "Attempts to fetch an issuer's keys, by outcome.");
        _tokens = meter.CreateCounter<long>("gateway.auth.tokens", "{token}", "Tokens checked, by fault and by whether their signature was remembered.");
    }

    public void Refreshed(string issuer, FetchOutcome outcome) => _refreshes.Add(1, new("issuer", issuer), new("outcome", outcome.ToString()));

    public void Checked(TokenFault fault, bool remembered)
    {
        if (_tokens.Enabled)
        {
            _tokens.Add(1, new("fault", fault.ToString()), new("remembered", remembered));
        }
    }
}
