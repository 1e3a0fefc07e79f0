using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Mesh.Leaves;

namespace Mesh.Tests.Leaves;

public sealed class SecretLeafVaultTests : IDisposable
{
    private readonly MeshWorld _world = new();
    private readonly X509Certificate2 _leaf;

    public SecretLeafVaultTests() => _leaf = _world.Authority.Issue("orders", _world.Time.GetUtcNow());

    public void Dispose()
    {
        _leaf.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("application/x-pkcs12")]
    [InlineData("application/x-pem-file")]
    [InlineData(null)]
    public async Task Load_EitherForm_HasTheKey(string? contentType)
    {
        using var loaded = await LoadAsync(contentType == "application/x-pem-file" ? PemText() : Pkcs12Text(), contentType);

        Assert.Equal(_leaf.RawData, loaded.RawData);
        using var key = loaded.GetECDsaPrivateKey()!;
        using var proof = _leaf.GetECDsaPublicKey()!;
        Assert.True(proof.VerifyData(_leaf.RawData, key.SignData(_leaf.RawData, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData("not base64!", "application/x-pkcs12")]
    [InlineData("AAAA", "application/x-pkcs12")]
    [InlineData("not PEM", "application/x-pem-file")]
    public async Task Load_SomethingElse_SaysWhatItIsNotAndNeverItsText(string text, string contentType)
    {
        var failure = await Assert.ThrowsAsync<LeafUnavailableException>(() => LoadAsync(text, contentType));

        Assert.Contains("orders", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_ACertificateWithoutItsKey_IsRefused() =>
        await Assert.ThrowsAsync<LeafUnavailableException>(() => LoadAsync(Convert.ToBase64String(new X509Certificate2Collection(X509CertificateLoader.LoadCertificate(_leaf.RawData)).Export(X509ContentType.Pkcs12)!), null));

    [Theory]
    [InlineData(403, "role")]
    [InlineData(404, "no version v1")]
    [InlineData(429, "cannot be reached")]
    [InlineData(0, "cannot be reached")]
    public async Task Load_ARefusingVault_SaysWhy(int status, string expected)
    {
        var vault = new SecretLeafVault(new OneSecret(() => throw new RequestFailedException(status, "refused")));

        var failure = await Assert.ThrowsAsync<LeafUnavailableException>(() => vault.LoadAsync("orders", "v1", TestContext.Current.CancellationToken));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    private static Task<X509Certificate2> LoadAsync(string text, string? contentType)
    {
        var secret = new KeyVaultSecret("orders", text);
        secret.Properties.ContentType = contentType;
        return new SecretLeafVault(new OneSecret(() => secret)).LoadAsync("orders", "v1", TestContext.Current.CancellationToken);
    }

    private string Pkcs12Text() => Convert.ToBase64String(_leaf.Export(X509ContentType.Pkcs12));

    private string PemText()
    {
        using var key = _leaf.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem() + "\n" + _leaf.ExportCertificatePem() + "\n";
    }

    /// <summary>A vault's client that has one secret.</summary>
    private sealed class OneSecret(Func<KeyVaultSecret> secret) : SecretClient
    {
        public override Uri VaultUri => new("https://orders.vault.example/");

        public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version = null, SecretContentType? outContentType = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(Response.FromValue((name, version) == ("orders", "v1") ? secret() : throw new RequestFailedException(404, "none"), null!));

        public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version, CancellationToken cancellationToken) =>
            GetSecretAsync(name, version, null, cancellationToken);
    }
}
