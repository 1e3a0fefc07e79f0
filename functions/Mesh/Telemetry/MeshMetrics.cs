using System.Diagnostics.Metrics;
using Mesh.Verification;

namespace Mesh.Telemetry;

/// <summary>Counts mesh calls and what handshakes fail for.</summary>
internal sealed class MeshMetrics
{
    private readonly Counter<long> _calls;
    private readonly Counter<long> _handshakeFailures;
    private readonly Counter<long> _forgedHeaders;
    private readonly Counter<long> _closedConnections;

    public MeshMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeshInstruments.Name);
        _calls = meter.CreateCounter<long>("mesh.calls", "{request}", "Calls that came in, by the caller's service and what became of them.");
        _handshakeFailures = meter.CreateCounter<long>("mesh.handshake.failures", "{handshake}", "Handshakes that failed, by this process's side and the reason.");
        _forgedHeaders = meter.CreateCounter<long>("mesh.forged_headers", "{request}", "Requests with a certificate in a header that only the platform may set.");
        _closedConnections = meter.CreateCounter<long>("mesh.connections.closed", "{connection}", "Callers' connections that were closed with what was under way, by why their certificates are not taken any more.");
    }

    /// <param name="caller">The service that the certificate proves, or a word for having proven none.</param>
    /// <param name="outcome">From a closed list: a refusal's slug, or how it was let in.</param>
    public void Called(string caller, string outcome) => _calls.Add(1, new("caller", caller), new("outcome", outcome));

    public void HandshakeFailed(string side, MeshRefusal reason) => HandshakeFailed(side, reason.Describe().Slug);

    /// <param name="side">client or server.</param>
    /// <param name="reason">From a closed list.</param>
    public void HandshakeFailed(string side, string reason) => _handshakeFailures.Add(1, new("side", side), new("reason", reason));

    public void HeaderForged() => _forgedHeaders.Add(1);

    public void ConnectionClosed(MeshRefusal reason) => _closedConnections.Add(1, new KeyValuePair<string, object?>("reason", reason.Describe().Slug));
}
