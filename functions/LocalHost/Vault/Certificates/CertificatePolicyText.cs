using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Certificates;

/// <summary>Policies as text: kept as they came, checked, and answered with all that they left out.</summary>
internal static class CertificatePolicyText
{
    /// <summary>The policy of a create call, checked.</summary>
    public static JsonElement Of(JsonObject policy)
    {
        var terms = CertificateTerms.Read(policy);
        if (terms.Subject.Length == 0 && terms.DnsNames.Count == 0 && terms.Uris.Count == 0)
        {
            throw VaultRefusal.BadParameter("Property policy must have a subject or subject alternative names.");
        }

        return Filled(policy, terms);
    }

    /// <summary>The policy with the members of another in place of its own, one level down.</summary>
    public static JsonElement Patched(JsonElement policy, JsonObject patch)
    {
        var patched = JsonObject.Create(policy)!.DeepClone().AsObject();
        foreach (var (name, value) in patch.Where(member => member.Key is not ("id" or "attributes")))
        {
            if (value is JsonObject change && patched[name] is JsonObject old)
            {
                foreach (var (member, to) in change)
                {
                    old[member] = to?.DeepClone();
                }
            }
            else
            {
                patched[name] = value?.DeepClone();
            }
        }

        return Of(patched);
    }

    /// <summary>The policy that an imported certificate brings along.</summary>
    public static JsonElement Of(X509Certificate2 leaf, KeyShape shape, JsonObject policy)
    {
        var imported = policy.DeepClone().AsObject();
        var key = imported.Child("key_props") ?? [];
        imported["key_props"] = KeyProps(shape, key.Flag("exportable") ?? true, key.Flag("reuse_key") ?? false);
        imported["issuer"] = new JsonObject { ["name"] = CertificateTerms.Unknown };
        imported["x509_props"] = new JsonObject { ["subject"] = leaf.Subject, ["validity_months"] = Math.Max(1, (int)((leaf.NotAfter - leaf.NotBefore).TotalDays / 30)) };
        return Filled(imported, CertificateTerms.Read(imported));
    }

    public static JsonObject Show(VaultCall call, StoredCertificate found)
    {
        var shown = JsonObject.Create(found.Policy)!.DeepClone().AsObject();
        shown["id"] = $"{call.Root}/certificates/{found.Name}/policy";
        shown["attributes"] = new JsonObject { ["enabled"] = true, ["created"] = found.PolicyUpdated.ToUnixTimeSeconds(), ["updated"] = found.PolicyUpdated.ToUnixTimeSeconds() };
        return shown;
    }

    private static JsonElement Filled(JsonObject policy, CertificateTerms terms)
    {
        var filled = policy.DeepClone().AsObject();
        filled.Remove("attributes");
        filled.Remove("id");
        filled["key_props"] = KeyProps(terms.Shape, terms.Exportable, terms.ReuseKey);
        filled["secret_props"] = new JsonObject { ["contentType"] = terms.ContentType };
        var x509 = filled.Child("x509_props") ?? [];
        x509["validity_months"] = terms.ValidityMonths;
        filled["x509_props"] = x509.DeepClone();
        var issuer = filled.Child("issuer") ?? [];
        issuer["name"] = terms.Issuer;
        filled["issuer"] = issuer.DeepClone();
        return JsonSerializer.SerializeToElement(filled);
    }

    // Without null members, which some clients would read as values.
    private static JsonObject KeyProps(KeyShape shape, bool exportable, bool reuseKey)
    {
        var props = new JsonObject { ["kty"] = shape.Type, ["exportable"] = exportable, ["reuse_key"] = reuseKey };
        if (shape.Curve is not null)
        {
            props["crv"] = shape.Curve;
        }

        if (shape.Size is not null)
        {
            props["key_size"] = shape.Size;
        }

        return props;
    }
}
