using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Authentication.Jwt;

/// <summary>A public key of an issuer that has passed every check on keys. Microsoft.IdentityModel does the arithmetic.</summary>
internal sealed class VerificationKey(JsonWebKey key, int signatureLength)
{
    // The providers of one key are kept with it, so that they go when it goes.
    private static readonly CryptoProviderFactory _crypto = new() { CacheSignatureProviders = false };

    private readonly ConcurrentDictionary<string, SignatureProvider> _providers = new(StringComparer.Ordinal);

    public string Id => key.Kid;

    /// <summary>Equal for equal keys: what a remembered token is bound to.</summary>
    public string Fingerprint { get; } = $"{key.Kid}|{key.Alg}|{key.Crv}|{key.N}|{key.E}|{key.X}|{key.Y}";

    /// <summary>The key's own alg, where it states one, must be the token's; and the algorithm must be one for such a key.</summary>
    public bool Takes(SignatureAlgorithm algorithm) => algorithm.Takes(key.Kty, key.Crv) && (key.Alg is null || key.Alg == algorithm.Name);

    public bool Verify(SignatureAlgorithm algorithm, TokenText token)
    {
        var signature = TokenText.Decode(token.Signature);

        // RFC 8017 §8.1.2 step 1, RFC 7518 §3.4: the length is fixed. A shorter or longer one is another way to write the same signature.
        if (signature.Length != signatureLength)
        {
            return false;
        }

        var input = Encoding.ASCII.GetBytes(token.SigningInput.ToString());
        try
        {
            return _providers.GetOrAdd(algorithm.Name, static (name, of) => _crypto.CreateForVerifying(of, name), key).Verify(input, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
