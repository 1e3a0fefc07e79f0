using System.Buffers.Text;
using Azure.Core;

namespace ControlPlane.Vault;

/// <summary>Keys that never leave their vault: made there, and signed with there (the Key Vault REST API, /keys).</summary>
public sealed class VaultKeys
{
    private static readonly string[] Uses = ["sign", "verify"];

    private readonly VaultKeyCalls _calls;

    /// <exception cref="ArgumentException">The address is no vault's, and the options do not call it an emulator's.</exception>
    public VaultKeys(Uri vault, TokenCredential credential, VaultKeysOptions? options = null) => _calls = new(vault, credential, options ?? new());

    /// <summary>
    /// Makes a key, or a new version of it. It cannot be exported. After an answer that was lost a version may be there all the same, and
    /// after repeated attempts several: find them by their tags before another is made.
    /// </summary>
    public async Task<VaultKey> CreateAsync(string name, IReadOnlyDictionary<string, string> tags, VaultKeyCurve curve = VaultKeyCurve.P256, CancellationToken cancellation = default)
    {
        var wanted = new
        {
            kty = "EC",
            crv = curve == VaultKeyCurve.P384 ? "P-384" : "P-256",
            key_ops = Uses,
            attributes = new { enabled = true, exportable = false },
            tags,
        };
        return (await _calls.SendAsync<VaultKeyText>(RequestMethod.Post, $"keys/{Escape(name)}/create", wanted, cancellation)).Read();
    }

    /// <summary>A version with its public key.</summary>
    public async Task<VaultKey> GetAsync(string name, string version, CancellationToken cancellation) =>
        (await _calls.SendAsync<VaultKeyText>(RequestMethod.Get, PathOf(name, version), null, cancellation)).Read();

    /// <summary>All versions, in no order; none where there is no such key.</summary>
    public async Task<IReadOnlyList<VaultKeyVersion>> VersionsAsync(string name, CancellationToken cancellation)
    {
        var versions = new List<VaultKeyVersion>();
        var page = await _calls.SendAsync<VaultKeyText.PageText>(RequestMethod.Get, $"keys/{Escape(name)}/versions", null, cancellation);
        versions.AddRange(page.Value.Select(version => version.Read()));
        while (page.NextLink is { Length: > 0 } next)
        {
            page = await _calls.FollowAsync<VaultKeyText.PageText>(next, cancellation);
            versions.AddRange(page.Value.Select(version => version.Read()));
        }

        return versions;
    }

    /// <summary>Signs a digest; on curves the signature is r and s, one after the other (RFC 7518 §3.4).</summary>
    public async Task<byte[]> SignAsync(string name, string version, VaultSignAlgorithm algorithm, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        var wanted = new { alg = algorithm.ToString(), value = Base64Url.EncodeToString(digest.Span) };
        var signed = await _calls.SendAsync<VaultKeyText.SignatureText>(RequestMethod.Post, $"{PathOf(name, version)}/sign", wanted, cancellation);
        return Base64Url.DecodeFromChars(signed.Value);
    }

    /// <summary>Retires a version: it signs no more.</summary>
    public Task DisableAsync(string name, string version, CancellationToken cancellation) =>
        _calls.SendAsync<VaultKeyText>(RequestMethod.Patch, PathOf(name, version), new { attributes = new { enabled = false } }, cancellation);

    // Without a version the latest would be meant: with a key that was renewed meanwhile, another one.
    private static string PathOf(string name, string version) => version.Length > 0
        ? $"keys/{Escape(name)}/{Escape(version)}"
        : throw new ArgumentException("A version is needed.", nameof(version));

    private static string Escape(string segment) => Uri.EscapeDataString(segment);
}
