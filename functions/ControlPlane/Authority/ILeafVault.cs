namespace ControlPlane.Authority;

/// <summary>The certificate of one service, in the service's own vault. Its keys are made there, and nobody but the service reads them.</summary>
internal interface ILeafVault
{
    /// <summary>The version that was merged for this rotation, or null.</summary>
    Task<MergedLeaf?> FindAsync(string rotation, CancellationToken cancellation);

    /// <summary>The request (PKCS #10, DER) of a key that was made for this rotation; made now where there is none.</summary>
    Task<byte[]> RequestAsync(string rotation, CancellationToken cancellation);

    /// <summary>Merges the certificate of that request. One that was merged already for this rotation is the answer.</summary>
    Task<MergedLeaf> MergeAsync(string rotation, byte[] certificate, CancellationToken cancellation);

    /// <summary>A version that is disabled, or not there, is done.</summary>
    Task DisableAsync(string version, CancellationToken cancellation);

    /// <summary>Gives up the pending request of this rotation, and disables what was merged for it.</summary>
    Task DiscardAsync(string rotation, CancellationToken cancellation);
}

/// <summary>A version of a certificate.</summary>
/// <param name="Version">As the vault names it.</param>
/// <param name="Certificate">DER bytes.</param>
internal sealed record MergedLeaf(string Version, byte[] Certificate);
