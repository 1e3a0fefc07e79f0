using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Trust;

/// <summary>Signatures over the documents of the mesh: the algorithm follows from the key, so that no document can choose one.</summary>
public static class DocumentSignature
{
    /// <summary>The hash that a key signs: SHA-384 for P-384, SHA-256 for P-256 and RSA.</summary>
    public static HashAlgorithmName HashFor(X509Certificate2 signer)
    {
        using var ecdsa = signer.GetECDsaPublicKey();
        return ecdsa?.KeySize == 384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
    }

    /// <summary>ECDSA with the signature in the form of RFC 7518 §3.4, or RSASSA-PSS. The certificate has its private key.</summary>
    public static byte[] Sign(X509Certificate2 signer, ReadOnlySpan<byte> document)
    {
        using var ecdsa = signer.GetECDsaPrivateKey();
        if (ecdsa is not null)
        {
            return ecdsa.SignData(document, HashFor(signer), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        using var rsa = signer.GetRSAPrivateKey() ?? throw new ArgumentException("The certificate has no private key for signatures.", nameof(signer));
        return rsa.SignData(document, HashFor(signer), RSASignaturePadding.Pss);
    }

    public static bool Verify(X509Certificate2 signer, ReadOnlySpan<byte> document, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = signer.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            return ecdsa.VerifyData(document, signature, HashFor(signer), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        using var rsa = signer.GetRSAPublicKey();
        return rsa is not null && rsa.VerifyData(document, signature, HashFor(signer), RSASignaturePadding.Pss);
    }
}
