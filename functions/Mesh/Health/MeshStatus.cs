using Mesh.Trust;

namespace Mesh.Health;

/// <summary>How this process stands in the mesh, for health checks and operators.</summary>
public sealed class MeshStatus
{
    private readonly FollowedTrust _trust;
    private readonly TimeProvider _time;
    private long _actsOn;
    private volatile MeshFailure? _lastFailure;

    internal MeshStatus(FollowedTrust trust, TimeProvider time) => (_trust, _time) = (trust, time);

    /// <summary>Mesh calls can be made and taken: a bundle that is young enough, and a certificate that is valid.</summary>
    public bool IsReady => _trust.View is not null && _trust.Leaf is not null;

    /// <summary>Sequence of the newest good bundle; 0 where there is none.</summary>
    public long Sequence => _trust.LastView?.Bundle.Sequence ?? 0;

    /// <summary>Sequence of the bundle that everything acts on: what this process reports.</summary>
    public long ActsOn => Volatile.Read(ref _actsOn);

    /// <summary>Time since the bundle was confirmed to be the newest. Null: there is none.</summary>
    public TimeSpan? Age => _trust.Age;

    /// <summary>Serial number of the certificate in use.</summary>
    public string? Serial => _trust.LastLeaf?.Serial;

    /// <summary>When the certificate in use ends.</summary>
    public DateTimeOffset? Expires => _trust.LastLeaf?.Expires;

    /// <summary>What went wrong last, also when it is long mended.</summary>
    public MeshFailure? LastFailure => _lastFailure;

    internal void Acts(long sequence) => Volatile.Write(ref _actsOn, sequence);

    internal void Failed(string what) => _lastFailure = new(_time.GetUtcNow(), what);
}
