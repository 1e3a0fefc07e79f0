using System.Text.Json;
using System.Text.Json.Nodes;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Certificates;

/// <summary>What a policy demands of the next version of a certificate.</summary>
internal sealed record CertificateTerms
{
    public const string Pkcs12 = "application/x-pkcs12";
    public const string Pem = "application/x-pem-file";
    public const string Self = "Self";
    public const string Unknown = "Unknown";

    public required KeyShape Shape { get; init; }

    public required bool Exportable { get; init; }

    public required bool ReuseKey { get; init; }

    public required string ContentType { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required IReadOnlyList<string> DnsNames { get; init; }

    public required IReadOnlyList<string> Uris { get; init; }

    public required IReadOnlyList<string> Usages { get; init; }

    public required IReadOnlyList<string> ExtendedUsages { get; init; }

    public required int ValidityMonths { get; init; }

    public static CertificateTerms Of(JsonElement policy) => Read(JsonObject.Create(policy)!);

    public static CertificateTerms Read(JsonObject policy)
    {
        var key = policy.Child("key_props") ?? [];
        var x509 = policy.Child("x509_props") ?? [];
        var names = x509.Child("sans") ?? [];
        return new()
        {
            Shape = KeyShape.Read(key),
            Exportable = key.Flag("exportable") ?? true,
            ReuseKey = key.Flag("reuse_key") ?? false,
            ContentType = ContentTypeOf(policy),
            Issuer = IssuerOf(policy),
            Subject = x509.Text("subject") ?? "",
            DnsNames = names.Texts("dns_names"),
            Uris = names.Texts("uris"),
            Usages = x509.Texts("key_usage"),
            ExtendedUsages = x509.Texts("ekus"),
            ValidityMonths = x509.Number("validity_months") ?? 12,
        };
    }

    private static string ContentTypeOf(JsonObject policy) => (policy.Child("secret_props")?.Text("contentType") ?? Pkcs12) switch
    {
        Pkcs12 => Pkcs12,
        Pem => Pem,
        var other => throw VaultRefusal.BadParameter($"Property policy has invalid value: contentType {other}"),
    };

    private static string IssuerOf(JsonObject policy) => (policy.Child("issuer")?.Text("name") ?? Unknown) switch
    {
        Self => Self,
        Unknown => Unknown,
        var other => throw VaultRefusal.BadParameter($"The local vault knows the issuers {Self} and {Unknown}, not {other}."),
    };
}
