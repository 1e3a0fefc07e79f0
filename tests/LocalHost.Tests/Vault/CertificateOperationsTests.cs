using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azure;
using Azure.Security.KeyVault.Certificates;

namespace LocalHost.Tests.Vault;

/// <summary>What the real client asks about certificates that are made or brought.</summary>
public sealed class CertificateOperationsTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private readonly CertificateClient _client = world.Certificates();

    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    public static TheoryData<string, string, int> KeysAndContents => new()
    {
        { "application/x-pkcs12", "P-256", 0 },
        { "application/x-pkcs12", "P-384", 0 },
        { "application/x-pkcs12", "", 2048 },
        { "application/x-pem-file", "P-256", 0 },
        { "application/x-pem-file", "", 2048 },
    };

    [Theory]
    [MemberData(nameof(KeysAndContents))]
    public async Task Create_IssuerSelf_SignsItself(string content, string curve, int size)
    {
        var name = $"self{size}-{curve}-{content[^3..]}";
        var policy = new CertificatePolicy("Self", "CN=self")
        {
            KeyType = size > 0 ? CertificateKeyType.Rsa : CertificateKeyType.Ec,
            KeyCurveName = curve.Length > 0 ? new CertificateKeyCurveName(curve) : default(CertificateKeyCurveName?),
            KeySize = size > 0 ? size : null,
            ContentType = content,
        };

        var operation = await _client.StartCreateCertificateAsync(name, policy, cancellationToken: Cancellation);
        var made = (await operation.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), Cancellation)).Value;

        Assert.Equal("CN=self", X509CertificateLoader.LoadCertificate(made.Cer).Subject);
        Assert.Equal(content, made.Policy.ContentType);
        Assert.NotNull(made.Properties.ExpiresOn);
        using X509Certificate2 downloaded = await _client.DownloadCertificateAsync(name, made.Properties.Version, Cancellation);
        Assert.Equal(made.Cer, downloaded.RawData);
        Assert.True(downloaded.HasPrivateKey);
        var secret = (await world.Secrets().GetSecretAsync(name, made.Properties.Version, cancellationToken: Cancellation)).Value;
        Assert.Equal((content, made.KeyId, true), (secret.Properties.ContentType, secret.Properties.KeyId, secret.Properties.Managed));
        Assert.Equal(made.SecretId, secret.Id);
    }

    [Fact]
    public async Task Create_NotExportable_LetsNoPrivateKeyOut()
    {
        var made = await MakeAsync("kept-in", new("Self", "CN=self") { KeyType = CertificateKeyType.Ec, KeyCurveName = CertificateKeyCurveName.P256, Exportable = false });

        using X509Certificate2 downloaded = await _client.DownloadCertificateAsync("kept-in", cancellationToken: Cancellation);

        Assert.False(downloaded.HasPrivateKey);
        Assert.Equal(made.Cer, downloaded.RawData);
    }

    [Fact]
    public async Task Create_OnceMore_IsANewVersionWithANewKey()
    {
        var first = await MakeAsync("again", Self());
        var second = await MakeAsync("again", Self());

        Assert.NotEqual(first.Properties.Version, second.Properties.Version);
        Assert.NotEqual(KeyOf(first), KeyOf(second));
        Assert.Equal(second.Cer, (await _client.GetCertificateAsync("again", Cancellation)).Value.Cer);
        Assert.Equal(first.Cer, (await _client.GetCertificateVersionAsync("again", first.Properties.Version, Cancellation)).Value.Cer);
    }

    [Fact]
    public async Task Create_ReusingTheKey_KeepsIt()
    {
        var policy = Self();
        policy.ReuseKey = true;
        var first = await MakeAsync("same-key", policy);
        var second = await MakeAsync("same-key", policy);

        Assert.Equal(KeyOf(first), KeyOf(second));
    }

    [Theory]
    [InlineData("P-521", "Self", "CN=x")]
    [InlineData("P-256", "DigiCert", "CN=x")]
    [InlineData("P-256", "Self", "no name at all")]
    public async Task Create_WithWhatIsUnknown_IsRefused(string curve, string issuer, string subject)
    {
        var policy = new CertificatePolicy(issuer, subject) { KeyType = CertificateKeyType.Ec, KeyCurveName = new CertificateKeyCurveName(curve) };

        var refused = await RefusedAsync(() => _client.StartCreateCertificateAsync("refused", policy, cancellationToken: Cancellation));

        Assert.Equal((400, "BadParameter"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Import_Pkcs12_KeepsItWithItsKeyAndTags()
    {
        using var made = MadeElsewhere();
        var options = new ImportCertificateOptions("brought", made.Export(X509ContentType.Pkcs12, "pw")) { Password = "pw", Tags = { ["from"] = "elsewhere" } };

        var imported = await _client.ImportCertificateAsync(options, Cancellation);

        Assert.Equal(made.RawData, imported.Value.Cer);
        Assert.Equal("elsewhere", imported.Value.Properties.Tags["from"]);
        Assert.Equal(CertificateKeyType.Ec, imported.Value.Policy.KeyType);
        using X509Certificate2 downloaded = await _client.DownloadCertificateAsync("brought", cancellationToken: Cancellation);
        Assert.True(downloaded.HasPrivateKey);
    }

    [Fact]
    public async Task Import_Pem_KeepsItWithItsKey()
    {
        using var made = MadeElsewhere();
        using var key = made.GetECDsaPrivateKey();
        var pem = $"{made.ExportCertificatePem()}\n{key!.ExportPkcs8PrivateKeyPem()}\n";
        var options = new ImportCertificateOptions("brought-pem", Encoding.UTF8.GetBytes(pem)) { Policy = new() { ContentType = CertificateContentType.Pem } };

        await _client.ImportCertificateAsync(options, Cancellation);

        using X509Certificate2 downloaded = await _client.DownloadCertificateAsync("brought-pem", cancellationToken: Cancellation);
        Assert.Equal((made.RawData.Length, true), (downloaded.RawData.Length, downloaded.HasPrivateKey));
    }

    [Fact]
    public async Task Import_WithTheWrongPassword_IsRefused()
    {
        using var made = MadeElsewhere();

        var refused = await RefusedAsync(() => _client.ImportCertificateAsync(new("unread", made.Export(X509ContentType.Pkcs12, "pw")) { Password = "other" }, Cancellation));

        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task Lists_GoOverPages()
    {
        for (var i = 0; i < 27; i++)
        {
            await MakeAsync("many", Self());
        }

        var versions = await _client.GetPropertiesOfCertificateVersionsAsync("many", Cancellation).ToListAsync(Cancellation);

        Assert.Equal(27, versions.Select(version => version.Version).Distinct().Count());
        Assert.All(versions, version => Assert.Equal("many", version.Name));
        Assert.All(versions, version => Assert.NotEmpty(version.X509Thumbprint));
        Assert.Single(await _client.GetPropertiesOfCertificatesAsync(cancellationToken: Cancellation).Where(one => one.Name == "many").ToListAsync(Cancellation));
    }

    [Fact]
    public async Task List_Maxresults_IsTheSizeOfAPage()
    {
        await MakeAsync("pages", Self());
        await MakeAsync("pages", Self());

        var (status, page) = await world.CallAsync(HttpMethod.Get, "/certificates/pages/versions", null);
        using var first = await world.Http().GetAsync(new Uri("/certificates/pages/versions?api-version=7.6&maxresults=1", UriKind.Relative), Cancellation);
        using var wrong = await world.Http().GetAsync(new Uri("/certificates/pages/versions?api-version=7.6&maxresults=26", UriKind.Relative), Cancellation);

        Assert.Equal((200, 2, null), (status, page["value"]!.AsArray().Count, page["nextLink"]));
        Assert.Contains("nextLink\":\"https://127.0.0.1:", await first.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(400, (int)wrong.StatusCode);
    }

    [Fact]
    public async Task Policy_IsReadAndChanged()
    {
        await MakeAsync("policy", Self());
        var policy = (await _client.GetCertificatePolicyAsync("policy", Cancellation)).Value;
        policy.ValidityInMonths = 3;
        policy.ContentType = CertificateContentType.Pem;

        await _client.UpdateCertificatePolicyAsync("policy", policy, Cancellation);

        var read = (await _client.GetCertificatePolicyAsync("policy", Cancellation)).Value;
        Assert.Equal((3, CertificateContentType.Pem, "Self"), (read.ValidityInMonths, read.ContentType, read.IssuerName));
    }

    [Fact]
    public async Task Disable_AVersion_ClosesItsSecretAndNoOther()
    {
        var first = await MakeAsync("disabled", Self());
        var second = await MakeAsync("disabled", Self());
        first.Properties.Enabled = false;
        first.Properties.Tags["why"] = "retired";

        var updated = await _client.UpdateCertificatePropertiesAsync(first.Properties, Cancellation);

        Assert.Equal((false, "retired"), (updated.Value.Properties.Enabled, updated.Value.Properties.Tags["why"]));
        var refused = await RefusedAsync(() => world.Secrets().GetSecretAsync("disabled", first.Properties.Version, cancellationToken: Cancellation));
        Assert.Equal((403, "Forbidden"), (refused.Status, refused.ErrorCode));
        Assert.Contains("SecretDisabled", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await world.Secrets().GetSecretAsync("disabled", second.Properties.Version, cancellationToken: Cancellation)).Value.Value);
        Assert.False((await _client.GetCertificateVersionAsync("disabled", first.Properties.Version, Cancellation)).Value.Properties.Enabled);
    }

    [Fact]
    public async Task Get_WhatIsNotThere_IsNotFound()
    {
        await MakeAsync("there", Self());

        var name = await RefusedAsync(() => _client.GetCertificateAsync("not-there", Cancellation));
        var version = await RefusedAsync(() => _client.GetCertificateVersionAsync("there", "00000000000000000000000000000000", Cancellation));

        Assert.Equal((404, "CertificateNotFound"), (name.Status, name.ErrorCode));
        Assert.Equal((404, "CertificateNotFound"), (version.Status, version.ErrorCode));
    }

    [Fact]
    public async Task Delete_CanBeRecovered()
    {
        var made = await MakeAsync("bin", Self());

        var deletion = await _client.StartDeleteCertificateAsync("bin", Cancellation);

        await deletion.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), Cancellation);
        Assert.NotNull(deletion.Value.RecoveryId);
        Assert.Equal(404, (await RefusedAsync(() => _client.GetCertificateAsync("bin", Cancellation))).Status);
        Assert.Equal(404, (await RefusedAsync(() => world.Secrets().GetSecretAsync("bin", cancellationToken: Cancellation))).Status);
        Assert.Equal(made.Cer, (await _client.GetDeletedCertificateAsync("bin", Cancellation)).Value.Cer);
        Assert.Contains("bin", await _client.GetDeletedCertificatesAsync(cancellationToken: Cancellation).Select(one => one.Name).ToListAsync(Cancellation));
        Assert.Equal(409, (await RefusedAsync(() => _client.StartCreateCertificateAsync("bin", Self(), cancellationToken: Cancellation))).Status);
        var recovery = await _client.StartRecoverDeletedCertificateAsync("bin", Cancellation);
        await recovery.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), Cancellation);
        Assert.Equal(made.Cer, (await _client.GetCertificateAsync("bin", Cancellation)).Value.Cer);
    }

    [Fact]
    public async Task Purge_FreesTheName()
    {
        await MakeAsync("purged", Self());
        await _client.StartDeleteCertificateAsync("purged", Cancellation);

        var purge = await _client.PurgeDeletedCertificateAsync("purged", Cancellation);

        Assert.Equal(204, purge.Status);
        Assert.Equal(404, (await RefusedAsync(() => _client.GetDeletedCertificateAsync("purged", Cancellation))).Status);
        await MakeAsync("purged", Self());
    }

    private static CertificatePolicy Self() => new("Self", "CN=self") { KeyType = CertificateKeyType.Ec, KeyCurveName = CertificateKeyCurveName.P256 };

    private static string KeyOf(KeyVaultCertificate made) => X509CertificateLoader.LoadCertificate(made.Cer).GetPublicKeyString();

    private static X509Certificate2 MadeElsewhere()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=elsewhere", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(40));
    }

    private async Task<KeyVaultCertificateWithPolicy> MakeAsync(string name, CertificatePolicy policy)
    {
        var operation = await _client.StartCreateCertificateAsync(name, policy, cancellationToken: Cancellation);
        return await operation.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), Cancellation);
    }

    private static Task<RequestFailedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RequestFailedException>(call);
}
