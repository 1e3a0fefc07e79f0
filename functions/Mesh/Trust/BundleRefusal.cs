namespace Mesh.Trust;

/// <summary>Why a bundle is not acted on.</summary>
internal enum BundleRefusal
{
    /// <summary>The row, the document or a root in it cannot be read.</summary>
    Damaged,

    /// <summary>It names a signer that is no root of the bundle before.</summary>
    UnknownSigner,

    /// <summary>The signature is not the signer's.</summary>
    BadSignature,

    /// <summary>It does not carry the sequence that follows.</summary>
    WrongSequence,

    /// <summary>It is another mesh's.</summary>
    WrongTrustDomain,
}
