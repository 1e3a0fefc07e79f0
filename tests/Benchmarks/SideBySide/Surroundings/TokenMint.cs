using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>Signs tokens as the local issuer does, with its key, but many at a time.</summary>
internal sealed class TokenMint
{
    public const string Audience = "gateway";

    // Twice what our front door remembers: until a token comes again it was forgotten.
    public const int EveryToken = 20_000;

    public const int Few = 100;

    private readonly SigningCredentials _credentials;
    private readonly string _issuer;

    public TokenMint(string issuerFile, string issuer)
    {
        using var stored = JsonDocument.Parse(File.ReadAllText(issuerFile));
        var rsa = RSA.Create();
        rsa.ImportFromPem(stored.RootElement.GetProperty("Pem").GetString());
        PublicKey = rsa.ExportSubjectPublicKeyInfoPem();
        _credentials = new(new RsaSecurityKey(rsa) { KeyId = stored.RootElement.GetProperty("Kid").GetString() }, SecurityAlgorithms.RsaSha256);
        _issuer = issuer;
    }

    /// <summary>In PEM.</summary>
    public string PublicKey { get; }

    /// <summary>So many different tokens, of a hundred consumers.</summary>
    public IReadOnlyList<string> Make(int count)
    {
        var tokens = new string[count];
        var now = TimeProvider.System.GetUtcNow();
        Parallel.For(0, count, number => tokens[number] = Make(Consumers.NameOf(number % Consumers.Count), now));
        return tokens;
    }

    private string Make(string consumer, DateTimeOffset now) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = "at+jwt",
        Issuer = _issuer,
        Audience = Audience,
        IssuedAt = now.UtcDateTime,
        NotBefore = now.UtcDateTime,
        Expires = now.AddHours(8).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = consumer, ["jti"] = Guid.NewGuid().ToString("N") },
        SigningCredentials = _credentials,
    });
}
