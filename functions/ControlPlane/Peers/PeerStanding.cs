using Records.Trust;

namespace ControlPlane.Peers;

/// <summary>An instance of the mesh, as far as it can be believed.</summary>
/// <param name="Stored">Its row.</param>
/// <param name="Report">What it says, when its signature proves that it says so. Null: nothing that counts.</param>
/// <param name="Problem">Why its report does not count. Null: it does.</param>
internal sealed record PeerStanding(StoredPeer Stored, PeerReport? Report, string? Problem)
{
    /// <summary>True: it acts on a bundle that is not in storage, which was set back. Nothing that it says is about what is there.</summary>
    public bool IsAhead { get; init; }

    /// <summary>True: it says that it has none, and can prove nothing.</summary>
    public bool IsWithoutCertificate => Stored.Row is { Certificate: null, Signature: null };

    public string Name => $"{Stored.Service}/{Stored.Instance}";

    /// <summary>Of the bundle that it surely acts on; 0: of none.</summary>
    public long Sequence => Report?.Sequence ?? 0;
}
