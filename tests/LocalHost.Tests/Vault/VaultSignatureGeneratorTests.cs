using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ControlPlane.Vault;
using LocalHost.Vault.Access;

namespace LocalHost.Tests.Vault;

/// <summary>Certificates signed by keys that never leave the vault.</summary>
public sealed class VaultSignatureGeneratorTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private static readonly DateTimeOffset Begins = TimeProvider.System.GetUtcNow().AddMinutes(-5);

    private readonly VaultKeys _keys = world.Keys();

    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Theory]
    [InlineData("EC", "P-256")]
    [InlineData("EC", "P-384")]
    [InlineData("RSA", null)]
    public async Task Sign_ARootAndALeaf_BuildAChain(string type, string? curve)
    {
        var key = await MakeAsync($"ca-{type}{curve}", type, curve);

        using var root = await RootAsync(key);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=leaf"), new PublicKey(leafKey), key.SignsWith.Hash());
        var serial = RandomNumberGenerator.GetBytes(16);
        using var leaf = await VaultSignatureGenerator.SignAsync(
            _keys, key, generator => request.Create(root.SubjectName, generator, Begins, Begins.AddMinutes(30), serial), Cancellation);

        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        Assert.True(chain.Build(leaf), string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.Equal(root.Thumbprint, chain.ChainElements[^1].Certificate.Thumbprint);
    }

    [Fact]
    public async Task Sign_ARequest_Verifies()
    {
        var key = await MakeAsync("requests", "EC", "P-256");
        var request = new CertificateRequest(new X500DistinguishedName("CN=leaf"), PublicKeyOf(key), HashAlgorithmName.SHA256);

        var csr = await VaultSignatureGenerator.SignAsync(_keys, key, request.CreateSigningRequest, Cancellation);

        // Reading it checks its signature.
        Assert.Equal("CN=leaf", CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256).SubjectName.Name);
    }

    [Fact]
    public async Task Sign_WhatDiffersTheSecondTime_Fails()
    {
        var key = await MakeAsync("unsteady", "EC", "P-256");
        var request = new CertificateRequest(new X500DistinguishedName("CN=leaf"), PublicKeyOf(key), HashAlgorithmName.SHA256);

        await Assert.ThrowsAsync<InvalidOperationException>(() => VaultSignatureGenerator.SignAsync(
            _keys, key, generator => request.Create(request.SubjectName, generator, Begins, Begins.AddMinutes(30), RandomNumberGenerator.GetBytes(16)), Cancellation));
    }

    [Fact]
    public async Task Sign_WithAnotherKeysNumbers_Fails()
    {
        var key = await MakeAsync("one", "EC", "P-256");
        var other = await MakeAsync("other", "EC", "P-256");

        await Assert.ThrowsAsync<CryptographicException>(() => RootAsync(key with { Ec = other.Ec }));
    }

    [Fact]
    public async Task Sign_WithAnotherHash_Fails()
    {
        var key = await MakeAsync("hash", "EC", "P-384");
        var request = new CertificateRequest(new X500DistinguishedName("CN=leaf"), PublicKeyOf(key), HashAlgorithmName.SHA256);

        await Assert.ThrowsAsync<ArgumentException>(() => VaultSignatureGenerator.SignAsync(_keys, key, request.CreateSigningRequest, Cancellation));
    }

    [Fact]
    public async Task Sign_WhileTheVaultHangs_HoldsNoThread()
    {
        var key = await MakeAsync("hanging", "EC", "P-256");
        var hang = world.Faults.HangNext(VaultKind.Keys, VaultVerb.Sign);

        var signing = RootAsync(key);
        await hang.Reached.WaitAsync(Cancellation);

        // Control is back here although nothing was answered.
        Assert.False(signing.IsCompleted);
        hang.Release();
        using var root = await signing;
        Assert.Equal("CN=root", root.Subject);
    }

    private Task<X509Certificate2> RootAsync(VaultKey key)
    {
        var request = new CertificateRequest(new X500DistinguishedName("CN=root"), PublicKeyOf(key), key.SignsWith.Hash());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        return VaultSignatureGenerator.SignAsync(_keys, key, generator => request.Create(request.SubjectName, generator, Begins, Begins.AddHours(1), [1, 2, 3]), Cancellation);
    }

    private static PublicKey PublicKeyOf(VaultKey key) => key.Ec is { } ec ? new(ECDsa.Create(ec)) : new(RSA.Create(key.Rsa!.Value));

    private async Task<VaultKey> MakeAsync(string name, string type, string? curve)
    {
        var (_, made) = await world.CallAsync(HttpMethod.Post, $"/keys/{name}/create", new() { ["kty"] = type, ["crv"] = curve }, VaultWorld.Officer);
        return await _keys.GetAsync(name, ((string)made["key"]!["kid"]!).Split('/')[^1], Cancellation);
    }
}
