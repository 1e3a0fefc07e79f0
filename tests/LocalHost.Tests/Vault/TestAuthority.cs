using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LocalHost.Tests.Vault;

/// <summary>A CA that signs the requests of pending operations.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public byte[] Root => _authority.RawData;

    public byte[] Sign(byte[] csr)
    {
        var request = CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256, signerSignaturePadding: RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var key = _authority.GetECDsaPrivateKey()!;
        using var signed = request.Create(_authority.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(16));
        return signed.RawData;
    }

    public void Dispose() => _authority.Dispose();
}
