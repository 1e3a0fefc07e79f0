using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LocalHost.Vault.Access;
using LocalHost.Vault.Objects;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Keys;

/// <summary>Keys that sign inside the vault.</summary>
internal sealed class KeyShelf(LocalFolder folder, TimeProvider time) : Shelf<StoredKey, KeyVersion>(VaultKind.Keys, folder, time)
{
    private static readonly string[] AllUses = ["sign", "verify"];

    public VaultAnswer Create(VaultCall call)
    {
        RequireUsable(call.Name);
        if (call.Body.Child("attributes")?.Flag("exportable") == true)
        {
            throw VaultRefusal.BadParameter("The local vault makes no exportable keys.");
        }

        var shape = KeyShape.Read(call.Body);
        using var key = shape.Create();
        var uses = call.Body.Texts("key_ops");
        var version = VersionAttributes.Apply(
            new KeyVersion { Version = StoredVersion.NewName(), Created = Now, Updated = Now, Shape = shape, Pkcs8 = key.ExportPkcs8PrivateKey(), Uses = uses.Count > 0 ? uses : AllUses },
            call.Body);
        var found = Find(call.Name) ?? new StoredKey { Name = call.Name };
        Keep(found with { Versions = [.. found.Versions, version] });
        return VaultAnswer.Ok(Show(call, found, version));
    }

    public VaultAnswer Sign(VaultCall call)
    {
        var (found, version) = RequireVersion(call);
        if (!version.Enabled)
        {
            throw VaultRefusal.Forbidden("Operation sign is not allowed on a disabled key.", "KeyDisabled");
        }

        if (!version.Uses.Contains("sign"))
        {
            throw VaultRefusal.Forbidden("Operation sign is not permitted on this key.", "KeyOperationForbidden");
        }

        var signature = KeySignature.Sign(version, call.Body.Text("alg") ?? "", DigestOf(call.Body));
        return VaultAnswer.Ok(new() { ["kid"] = $"{call.Root}/{IdOf(found, version)}", ["value"] = Base64Url.EncodeToString(signature) });
    }

    protected override JsonObject Show(VaultCall call, StoredKey found, KeyVersion version)
    {
        var key = PublicPartOf(version);
        key["kid"] = $"{call.Root}/{IdOf(found, version)}";
        key["key_ops"] = new JsonArray([.. version.Uses.Select(use => JsonValue.Create(use))]);
        return new() { ["key"] = key, ["attributes"] = VersionAttributes.Of(version), ["tags"] = VersionAttributes.TagsOf(version) };
    }

    protected override JsonObject ShowItem(VaultCall call, StoredKey found, KeyVersion version, string path) =>
        new() { ["kid"] = $"{call.Root}/{path}", ["attributes"] = VersionAttributes.Of(version), ["tags"] = VersionAttributes.TagsOf(version) };

    private static JsonObject PublicPartOf(KeyVersion version)
    {
        using var key = version.Shape.Load(version.Pkcs8);
        if (key is ECDsa ec)
        {
            var point = ec.ExportParameters(includePrivateParameters: false).Q;
            return new() { ["kty"] = KeyShape.Ec, ["crv"] = version.Shape.Curve, ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
        }

        var numbers = ((RSA)key).ExportParameters(includePrivateParameters: false);
        return new() { ["kty"] = KeyShape.Rsa, ["n"] = Base64Url.EncodeToString(numbers.Modulus), ["e"] = Base64Url.EncodeToString(numbers.Exponent) };
    }

    private static byte[] DigestOf(JsonObject body)
    {
        try
        {
            return Base64Url.DecodeFromChars(body.Text("value") ?? "");
        }
        catch (FormatException)
        {
            throw VaultRefusal.BadParameter("Property value must be base64url.");
        }
    }
}
