using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace LocalHost.Issuer;

/// <summary>The issuer's signing key: made at the first start and kept, so that tokens outlive a restart.</summary>
internal static class IssuerKey
{
    private const string File = "issuer.json";

    public static RsaSecurityKey Load(LocalFolder folder)
    {
        var path = folder[File];
        if (!System.IO.File.Exists(path))
        {
            using var rsa = RSA.Create(2048);
            var made = new StoredKey(RandomNumberGenerator.GetHexString(16, lowercase: true), rsa.ExportPkcs8PrivateKeyPem());
            folder.WritePrivate(File, JsonSerializer.Serialize(made));
        }

        try
        {
            var stored = JsonSerializer.Deserialize<StoredKey>(System.IO.File.ReadAllText(path));
            var rsa = RSA.Create();
            rsa.ImportFromPem(stored!.Pem);
            return new(rsa) { KeyId = stored.Kid };
        }
        catch (Exception e) when (e is JsonException or ArgumentException or CryptographicException or NullReferenceException)
        {
            throw new StartFailure($"{path} is damaged. Start once with --fresh, which makes everything in the local folder anew.");
        }
    }

    private sealed record StoredKey(string Kid, string Pem);
}
