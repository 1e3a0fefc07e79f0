using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Trust;
using Tests.Shared;
using static System.Security.Cryptography.X509Certificates.X509KeyUsageFlags;

namespace Mesh.Tests.Verification;

/// <summary>For each rule, leaves that break it and no other.</summary>
internal static class SpoiltLeaves
{
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    public const string AnyUsage = "2.5.29.37.0";

    private static readonly X509Extension _comment = new("2.16.840.1.113730.1.13", [0x16, 0x02, .. "hi"u8], critical: false);

    // permittedSubtrees with the DNS name example.com, which says nothing of URIs
    private static X509Extension OnlyNamesOfExampleCom { get; } = new("2.5.29.30", [0x30, 0x11, 0xA0, 0x0F, 0x30, 0x0D, 0x82, 0x0B, .. "example.com"u8], critical: true);

    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>Name of the rule, then what is wrong in a few words.</summary>
    public static IReadOnlyDictionary<(string Rule, string Case), Func<(byte[] Leaf, TrustView View)>> All { get; } = new Dictionary<(string, string), Func<(byte[], TrustView)>>
    {
        [("UniqueExtensions", "a comment twice")] = Resigned(more: _comment, spoil: draft => draft.More.Add(_comment)),
        [("KnownCriticalExtensions", "policy mappings")] = Leaf(draft => draft.More.Add(new("2.5.29.33", [0x30, 0x00], critical: true))),
        [("Version", "2")] = Resigned(version: 2),
        [("Serial", "zero")] = Resigned(serial: BigInteger.Zero),
        [("Serial", "negative")] = Resigned(serial: -5),
        [("Serial", "21 bytes")] = Resigned(serial: BigInteger.One << 160),
        [("SignatureAlgorithm", "SHA-1")] = Resigned(hash: HashAlgorithmName.SHA1),
        [("Key", "RSA 1024")] = Leaf(draft => draft.Key = RSA.Create(1024)),
        [("Key", "P-521")] = Leaf(draft => draft.Key = ECDsa.Create(ECCurve.NamedCurves.nistP521)),
        [("NoAuthority", "authority")] = Leaf(draft => draft.IsAuthority = true),
        [("KeyUsageCritical", "not critical")] = Leaf(draft =>
        {
            draft.KeyUsage = null;
            draft.More.Add(new X509KeyUsageExtension(DigitalSignature, critical: false));
        }),
        [("DigitalSignature", "commitments only")] = Leaf(draft => draft.KeyUsage = NonRepudiation),
        [("NoCertificateSigning", "may sign certificates")] = Leaf(draft => draft.KeyUsage = DigitalSignature | KeyCertSign),
        [("NoListSigning", "may sign lists")] = Leaf(draft => draft.KeyUsage = DigitalSignature | CrlSign),
        [("ClientUsage", "server only")] = Leaf(draft => draft.ExtendedKeyUsage.Remove(ClientUsage)),
        [("ServerUsage", "client only")] = Leaf(draft => draft.ExtendedKeyUsage.Remove(ServerUsage)),
        [("NoAnyUsage", "any beside both")] = Leaf(draft => draft.ExtendedKeyUsage.Add(AnyUsage)),
        [("Life", "26 hours")] = Leaf(draft => draft.NotAfter = draft.NotBefore.AddHours(26)),
        [("OneUri", "two ids")] = Leaf(draft => draft.Uris.Add("spiffe://contoso.internal/gateway")),
        [("OneUri", "an id and an address")] = Leaf(draft => draft.Uris.Add("https://contoso.internal/orders")),
        [("SpiffeId", "no path")] = Leaf(draft => draft.Uris[0] = "spiffe://contoso.internal"),
        [("SpiffeId", "no SPIFFE id")] = Leaf(draft => draft.Uris[0] = "https://contoso.internal/orders"),
        [("TrustDomain", "another")] = Leaf(draft => draft.Uris[0] = "spiffe://fabrikam.internal/orders"),
        [("AuthorityConstraints", "absent")] = Authority(null, SpoiltAuthority.KeyUsage),
        [("AuthorityConstraints", "not critical")] = Authority(null, new X509BasicConstraintsExtension(true, true, 0, critical: false), SpoiltAuthority.KeyUsage),
        [("AuthorityKeyUsage", "absent")] = Authority(null, SpoiltAuthority.Constraints),
        [("AuthorityKey", "RSA 1024")] = Authority(() => RSA.Create(1024), SpoiltAuthority.Constraints, SpoiltAuthority.KeyUsage),
        [("AuthorityCriticalExtensions", "name constraints")] = Authority(null, SpoiltAuthority.Constraints, SpoiltAuthority.KeyUsage, OnlyNamesOfExampleCom),
    };

    private static Func<(byte[], TrustView)> Leaf(Action<LeafDraft> spoil) => () =>
    {
        using var authority = new MeshAuthority(Now);
        using var leaf = authority.Issue("orders", Now, spoil);
        return (leaf.RawData, Views.Of(authority));
    };

    private static Func<(byte[], TrustView)> Resigned(
        BigInteger? serial = null, X509Extension? more = null, HashAlgorithmName? hash = null, byte[]? publicKey = null, int version = 3, Action<LeafDraft>? spoil = null) => () =>
    {
        using var authority = new MeshAuthority(Now);
        using var leaf = authority.Issue("orders", Now, spoil);
        return (ResignedLeaf.Make(leaf, authority.Certificate, serial, more, hash, publicKey, version), Views.Of(authority));
    };

    private static Func<(byte[], TrustView)> Authority(Func<AsymmetricAlgorithm>? key, params X509Extension[] extensions) => () =>
    {
        using var authority = new SpoiltAuthority(Now, key?.Invoke(), extensions);
        return (authority.Issue("orders", Now), Views.Of(authority.Certificate));
    };

    /// <summary>Its key is on P-256 by parameters instead of by name, which the platform may refuse before any rule of ours does.</summary>
    public static (byte[] Leaf, TrustView View) CurveWrittenOut()
    {
        using var named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: true));
        return Resigned(publicKey: key.ExportSubjectPublicKeyInfo())();
    }
}
