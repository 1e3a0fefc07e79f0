using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tests.Shared;

namespace Mesh.Tests.Verification;

/// <summary>An authority that is not as one of the mesh has to be, and signs good leaves.</summary>
internal sealed class SpoiltAuthority : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    public SpoiltAuthority(DateTimeOffset now, AsymmetricAlgorithm? key = null, params X509Extension[] extensions)
    {
        _key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = _key is RSA rsa
            ? new CertificateRequest("CN=mesh authority", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=mesh authority", (ECDsa)_key, HashAlgorithmName.SHA256);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }

    public static X509Extension Constraints { get; } = new X509BasicConstraintsExtension(true, true, 0, critical: true);

    public static X509Extension KeyUsage { get; } = new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true);

    public X509Certificate2 Certificate { get; }

    public byte[] Issue(string service, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = new LeafDraft { Key = key, NotBefore = now.AddMinutes(-15), NotAfter = now.AddDays(1), Uris = [$"spiffe://{MeshAuthority.TrustDomain}/{service}"] };
        var signer = _key is RSA rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)_key);
        using var leaf = draft.ToRequest().Create(Certificate.SubjectName, signer, draft.NotBefore, draft.NotAfter, [1, 2, 3]);
        return leaf.RawData;
    }

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }
}
