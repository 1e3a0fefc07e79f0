using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Identities;
using static System.Security.Cryptography.X509Certificates.X509KeyUsageFlags;

namespace Mesh.Verification;

/// <summary>All that X509Chain accepts and a mesh should not.</summary>
internal static class LeafRules
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyUsage = "2.5.29.37.0";

    // RFC 5280 §4.1.2.2
    private const int LongestSerial = 20;

    /// <summary>In the order in which they are asked; the first that is broken is the one that the other side is told of.</summary>
    public static IReadOnlyList<LeafRule> All { get; } =
    [
        // Everything below reads the first extension of a kind, so there must be no second.
        Workload("UniqueExtensions", test => HasDuplicates(test.Leaf) ? "It has an extension twice." : null),
        Workload("KnownCriticalExtensions", test => UnknownCritical(test.Leaf) is { } oid ? $"Its critical extension {oid} is not understood." : null),
        // RFC 5280 §4.1.2.1: extensions belong to version 3. Another version with extensions is read differently by different readers.
        Workload("Version", test => test.Leaf.Version == 3 ? null : "It is not of version 3."),
        Workload("Serial", test => IsSerial(test.Leaf.SerialNumberBytes.Span) ? null : "Its serial number is not positive, or longer than 20 bytes."),
        Workload("SignatureAlgorithm", test => KeyStrength.IsStrongSignature(test.Leaf) ? null : "It is signed with an algorithm that is not taken."),
        Workload("Key", test => KeyStrength.ProblemOf(test.Leaf)),
        Workload("NoAuthority", test => BasicConstraints(test.Leaf) is { CertificateAuthority: true } ? "It is an authority." : null),
        Workload("KeyUsageCritical", test => KeyUsage(test.Leaf) is { Critical: true } ? null : "It has no key usage, or not as critical."),
        Workload("DigitalSignature", test => Allows(test.Leaf, DigitalSignature) ? null : "Its key is not for digital signatures."),
        Workload("NoCertificateSigning", test => Allows(test.Leaf, KeyCertSign) ? "Its key may sign certificates." : null),
        Workload("NoListSigning", test => Allows(test.Leaf, CrlSign) ? "Its key may sign revocation lists." : null),
        Workload("ClientUsage", test => ExtendedUsages(test.Leaf).Contains(ClientAuthentication) ? null : "Its extended key usage is not for clients."),
        Workload("ServerUsage", test => ExtendedUsages(test.Leaf).Contains(ServerAuthentication) ? null : "Its extended key usage is not for servers."),
        Workload("NoAnyUsage", test => ExtendedUsages(test.Leaf).Contains(AnyUsage) ? "Its extended key usage is for anything." : null),
        Workload("Life", test => Life(test.Leaf) > test.Limits.LongestLife ? $"It lives for more than {test.Limits.LongestLife.TotalHours:0.##} hours." : null),
        Workload("OneUri", test => UriNames.Of(test.Leaf).Count == 1 ? null : "It does not have exactly one URI."),
        Workload("SpiffeId", test => IdOf(test.Leaf) is null ? "Its URI is not the SPIFFE id of a service." : null),
        new("TrustDomain", MeshRefusal.WrongTrustDomain, test => IdOf(test.Leaf) is not { } id || id.TrustDomain == test.TrustDomain ? null : "Its SPIFFE id is of another trust domain."),
        Authority("AuthorityConstraints", test => BasicConstraints(test.Root) is { CertificateAuthority: true, Critical: true } ? null : "Its issuer is not marked as an authority."),
        Authority("AuthorityKeyUsage", test => Allows(test.Root, KeyCertSign) ? null : "Its issuer's key is not for certificates."),
        Authority("AuthorityKey", test => KeyStrength.ProblemOf(test.Root) is null ? null : "Its issuer's key is weak."),
        Authority("AuthorityCriticalExtensions", test => UnknownCritical(test.Root) is null ? null : "Its issuer has a critical extension that is not understood."),
    ];

    /// <summary>The id that its first URI is. Null: none.</summary>
    public static WorkloadId? IdOf(X509Certificate2 leaf) => UriNames.Of(leaf) is [var uri, ..] ? WorkloadId.Parse(uri) : null;

    private static LeafRule Workload(string name, Func<LeafUnderTest, string?> problem) => new(name, MeshRefusal.NotAWorkload, problem);

    private static LeafRule Authority(string name, Func<LeafUnderTest, string?> problem) => new(name, MeshRefusal.UntrustedAuthority, problem);

    private static bool HasDuplicates(X509Certificate2 certificate) =>
        certificate.Extensions.DistinctBy(extension => extension.Oid?.Value).Count() < certificate.Extensions.Count;

    // Name and policy constraints are not among them: the platform's handling of those need not be relied on.
    private static string? UnknownCritical(X509Certificate2 certificate) => certificate.Extensions
        .Where(extension => extension.Critical && extension.Oid?.Value is not ("2.5.29.15" or "2.5.29.17" or "2.5.29.19" or "2.5.29.37"))
        .Select(extension => extension.Oid?.Value)
        .FirstOrDefault();

    private static bool IsSerial(ReadOnlySpan<byte> serial) => serial.Length <= LongestSerial && (serial[0] & 0x80) == 0 && serial.ContainsAnyExcept((byte)0);

    private static TimeSpan Life(X509Certificate2 leaf) => leaf.NotAfter.ToUniversalTime() - leaf.NotBefore.ToUniversalTime();

    private static X509BasicConstraintsExtension? BasicConstraints(X509Certificate2 certificate) => certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();

    private static X509KeyUsageExtension? KeyUsage(X509Certificate2 certificate) => certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();

    private static bool Allows(X509Certificate2 certificate, X509KeyUsageFlags usage) => KeyUsage(certificate)?.KeyUsages.HasFlag(usage) == true;

    private static IEnumerable<string?> ExtendedUsages(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>().Select(usage => usage.Value));
}
