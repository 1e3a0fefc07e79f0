using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Records.Trust;

namespace Tests.Shared;

/// <summary>A certificate authority of the mesh for tests, whose key is at hand.</summary>
public sealed class MeshAuthority : IDisposable
{
    public const string TrustDomain = "contoso.internal";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public MeshAuthority(DateTimeOffset now, string name = "mesh authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        Root = new() { Certificate = Certificate.RawData, KeyVersion = name };
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    public TrustRoot Root { get; }

    /// <summary>A good leaf of a service with its private key, valid for a day from a quarter of an hour ago; <paramref name="change"/> spoils the request.</summary>
    public X509Certificate2 Issue(string service, DateTimeOffset now, Action<LeafDraft>? change = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = new LeafDraft { Key = key, NotBefore = now.AddMinutes(-15), NotAfter = now.AddDays(1), Uris = [$"spiffe://{TrustDomain}/{service}"] };
        change?.Invoke(draft);

        using var issued = draft.ToRequest().Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), draft.NotBefore, draft.NotAfter, RandomNumberGenerator.GetBytes(16));
        using var withKey = draft.Key switch
        {
            ECDsa ecdsa => issued.CopyWithPrivateKey(ecdsa),
            RSA rsa => issued.CopyWithPrivateKey(rsa),
            _ => throw new NotSupportedException(),
        };
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>What a bundle says of this leaf.</summary>
    public LeafVersion VersionOf(X509Certificate2 leaf, string version) => new()
    {
        Version = version,
        Serial = leaf.SerialNumber,
        Authority = Root.Id,
        Issued = leaf.NotBefore.ToUniversalTime(),
        Expires = leaf.NotAfter.ToUniversalTime(),
    };

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }
}

/// <summary>A leaf before it is signed: everything that a test may spoil.</summary>
public sealed class LeafDraft
{
    public required AsymmetricAlgorithm Key { get; set; }

    public required DateTimeOffset NotBefore { get; set; }

    public required DateTimeOffset NotAfter { get; set; }

    public List<string> Uris { get; init; } = [];

    public List<string> DnsNames { get; } = [];

    public List<IPAddress> Addresses { get; } = [];

    /// <summary>Null: no basic constraints.</summary>
    public bool? IsAuthority { get; set; } = false;

    /// <summary>Null: no key usage.</summary>
    public X509KeyUsageFlags? KeyUsage { get; set; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>Empty: no extended key usage.</summary>
    public List<string> ExtendedKeyUsage { get; } = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

    public List<X509Extension> More { get; } = [];

    public CertificateRequest ToRequest()
    {
        var request = Key switch
        {
            ECDsa ecdsa => new CertificateRequest("", ecdsa, HashAlgorithmName.SHA256),
            RSA rsa => new CertificateRequest("", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => throw new NotSupportedException(),
        };
        if (IsAuthority is { } isAuthority)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        }

        if (KeyUsage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

        if (ExtendedKeyUsage.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. ExtendedKeyUsage.Select(oid => new Oid(oid))], critical: false));
        }

        if (Uris.Count + DnsNames.Count + Addresses.Count > 0)
        {
            request.CertificateExtensions.Add(Names());
        }

        foreach (var extension in More)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }

    private X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        Uris.ForEach(uri => names.AddUri(new(uri)));
        DnsNames.ForEach(names.AddDnsName);
        Addresses.ForEach(names.AddIpAddress);
        return names.Build(critical: true);
    }
}
