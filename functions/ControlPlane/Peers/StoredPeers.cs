using Azure;
using Records.Trust;

namespace ControlPlane.Peers;

/// <summary>The table "peers" at one instant.</summary>
/// <param name="At">That instant, by the clock that stamps the rows.</param>
/// <param name="Rows">What stood there.</param>
internal sealed record StoredPeers(DateTimeOffset At, IReadOnlyList<StoredPeer> Rows);

/// <summary>A row of the table.</summary>
/// <param name="Service">By its key.</param>
/// <param name="Instance">By its key.</param>
/// <param name="Heartbeat">When storage took it.</param>
/// <param name="Tag">Its ETag.</param>
/// <param name="Row">The row. Null: it cannot be read.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal sealed record StoredPeer(string Service, string Instance, DateTimeOffset Heartbeat, ETag Tag, PeerRow? Row, string? Fault);
