namespace Gateway.Configuration;

/// <summary>The snapshot that requests take now. A request reads it once and keeps what it read.</summary>
internal sealed class SnapshotSource
{
    private GatewaySnapshot? _current;

    /// <summary>Null before the first configuration is loaded.</summary>
    public GatewaySnapshot? Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
