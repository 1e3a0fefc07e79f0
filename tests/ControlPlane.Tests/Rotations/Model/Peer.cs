namespace ControlPlane.Tests.Rotations.Model;

/// <summary>One instance of a service.</summary>
internal struct Peer
{
    /// <summary>Sequence of the bundle that it acts on. 0: none, so it neither takes nor makes calls.</summary>
    public byte Acts;

    /// <summary>Sequence of a bundle that it has read and does not act on yet. 0: none.</summary>
    public byte Has;

    /// <summary>The sequence in its row of <c>peers</c>, plus one. 0: no row, or one so old that it is left out.</summary>
    public byte Row;

    /// <summary>Its row says that it lives.</summary>
    public bool IsAnnounced;

    /// <summary>Certificates that it presented before and that open connections still stand for: a bit for each number.</summary>
    public byte Connections;

    public readonly uint Packed => (uint)(Acts | (Has << 5) | (Row << 10) | (Connections << 16) | (IsAnnounced ? 1 << 24 : 0));

    public static Peer From(uint packed) => new()
    {
        Acts = (byte)(packed & 31),
        Has = (byte)((packed >> 5) & 31),
        Row = (byte)((packed >> 10) & 63),
        Connections = (byte)(packed >> 16),
        IsAnnounced = (packed & (1 << 24)) != 0,
    };

    public override readonly string ToString() =>
        $"{(Acts > 0 ? $"acts on {Acts}" : "acts on none")}{(Has > 0 ? $", has {Has}" : "")}, row {(Row > 0 ? $"{Row - 1}" : "none")}{(IsAnnounced ? "" : " (silent)")}{(Connections > 0 ? $", connections {Connections:b}" : "")}";
}
