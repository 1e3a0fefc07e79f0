using System.Security.Cryptography;
using System.Text;

namespace LocalHost.Vault.Access;

/// <summary>The bearer tokens that local vaults accept: a principal's name and a proof that its bearer can read the local folder.</summary>
internal sealed class VaultTokens(LocalFolder folder)
{
    private const int SecretBytes = 32;

    private readonly byte[] _secret = folder.Secret("vault.secret", SecretBytes);

    public string TokenFor(string principal) => $"{principal}.{Convert.ToHexStringLower(ProofOf(principal))}";

    /// <summary>Whose token it is; null: nobody's.</summary>
    public string? PrincipalOf(string token)
    {
        var dot = token.LastIndexOf('.');
        if (dot < 0)
        {
            return null;
        }

        var expected = Encoding.UTF8.GetBytes(TokenFor(token[..dot]));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(token)) ? token[..dot] : null;
    }

    private byte[] ProofOf(string principal) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(principal));
}
