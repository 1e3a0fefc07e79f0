using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ControlPlane.Vault;

/// <summary>
/// Lets CertificateRequest make certificates that a vault signs. The platform's generators are synchronous and a vault is not, so a
/// certificate is made twice: first to learn what has to be signed, then, with the vault's signature of it, for good.
/// No thread waits for the network.
/// </summary>
internal sealed class VaultSignatureGenerator : X509SignatureGenerator, IDisposable
{
    private readonly VaultKey _key;
    private readonly AsymmetricAlgorithm _public;
    private readonly X509SignatureGenerator _platform;

    private byte[]? _content;
    private byte[]? _signature;

    private VaultSignatureGenerator(VaultKey key)
    {
        _key = key;
        if (key.Ec is { } ec)
        {
            var point = ECDsa.Create(ec);
            (_public, _platform) = (point, CreateForECDsa(point));
        }
        else
        {
            var numbers = RSA.Create(key.Rsa ?? throw new ArgumentException("The key is neither EC nor RSA.", nameof(key)));
            (_public, _platform) = (numbers, CreateForRSA(numbers, RSASignaturePadding.Pkcs1));
        }
    }

    /// <summary>Makes what the vault's key signs.</summary>
    /// <param name="keys">The vault.</param>
    /// <param name="key">The version of the key.</param>
    /// <param name="make">Makes it with the generator that it is given, both times from the same serial number, times and extensions.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<T> SignAsync<T>(VaultKeys keys, VaultKey key, Func<X509SignatureGenerator, T> make, CancellationToken cancellation)
    {
        using var generator = new VaultSignatureGenerator(key);
        (make(generator) as IDisposable)?.Dispose();
        var content = generator._content ?? throw new InvalidOperationException("Nothing was to be signed.");
        var (name, version) = (key.Version.Name, key.Version.Version);
        generator.Accept(await keys.SignAsync(name, version, key.SignsWith, key.SignsWith.Digest(content), cancellation));
        return make(generator);
    }

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => hashAlgorithm == _key.SignsWith.Hash()
        ? _platform.GetSignatureAlgorithmIdentifier(hashAlgorithm)
        : throw new ArgumentException($"This key signs {_key.SignsWith.Hash()} digests, not {hashAlgorithm}.", nameof(hashAlgorithm));

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
    {
        if (_signature is null)
        {
            _content = data;
            return Placeholder();
        }

        return data.AsSpan().SequenceEqual(_content)
            ? _signature
            : throw new InvalidOperationException("What is to be signed differs from the first time; serial number, times and extensions must stay the same.");
    }

    public void Dispose() => _public.Dispose();

    protected override PublicKey BuildPublicKey() => _platform.PublicKey;

    // A certificate that does not verify must not get out: it would be noticed by peers only.
    private void Accept(byte[] signature)
    {
        var isGood = _public switch
        {
            ECDsa ec => ec.VerifyData(_content!, signature, _key.SignsWith.Hash(), DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            RSA rsa => rsa.VerifyData(_content!, signature, _key.SignsWith.Hash(), RSASignaturePadding.Pkcs1),
            _ => false,
        };
        if (!isGood)
        {
            throw new CryptographicException($"The vault's signature is not one by {_key.Version.Name}/{_key.Version.Version}.");
        }

        _signature = _public is ECDsa ? EcdsaSignature.ToDer(signature) : signature;
    }

    // Thrown away with the first certificate; of the right form, because some platforms look.
    private byte[] Placeholder() => _public is ECDsa ? EcdsaSignature.ToDer([1, 1]) : new byte[_public.KeySize / 8];
}
