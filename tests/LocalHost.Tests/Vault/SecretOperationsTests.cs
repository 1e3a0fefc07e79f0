using Azure;
using Azure.Security.KeyVault.Certificates;
using Azure.Security.KeyVault.Secrets;

namespace LocalHost.Tests.Vault;

/// <summary>What the real client asks about secrets.</summary>
public sealed class SecretOperationsTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private readonly SecretClient _client = world.Secrets();

    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Fact]
    public async Task Set_IsTheLatestVersion_AndEarlierOnesStay()
    {
        var first = (await _client.SetSecretAsync("pepper", "one", Cancellation)).Value;
        await _client.SetSecretAsync(new("pepper", "two") { Properties = { ContentType = "text/plain", Tags = { ["n"] = "2" } } }, Cancellation);

        var latest = (await _client.GetSecretAsync("pepper", cancellationToken: Cancellation)).Value;

        Assert.Equal(("two", "text/plain", "2"), (latest.Value, latest.Properties.ContentType, latest.Properties.Tags["n"]));
        Assert.Equal("one", (await _client.GetSecretAsync("pepper", first.Properties.Version, cancellationToken: Cancellation)).Value.Value);
        Assert.Equal(2, await _client.GetPropertiesOfSecretVersionsAsync("pepper", Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task Get_WhatIsNotThere_IsNotFound()
    {
        var refused = await RefusedAsync(() => _client.GetSecretAsync("nothing", cancellationToken: Cancellation));

        Assert.Equal((404, "SecretNotFound"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Disable_ClosesTheVersion()
    {
        var secret = (await _client.SetSecretAsync("closed", "one", Cancellation)).Value;
        secret.Properties.Enabled = false;

        await _client.UpdateSecretPropertiesAsync(secret.Properties, Cancellation);

        var refused = await RefusedAsync(() => _client.GetSecretAsync("closed", cancellationToken: Cancellation));
        Assert.Equal((403, "Forbidden"), (refused.Status, refused.ErrorCode));
        Assert.False((await _client.GetPropertiesOfSecretVersionsAsync("closed", Cancellation).SingleAsync(Cancellation)).Enabled);
    }

    [Fact]
    public async Task List_HasSetSecretsAndThoseOfCertificates()
    {
        await _client.SetSecretAsync("plain", "one", Cancellation);
        await MakeCertificateAsync("managed");

        var all = await _client.GetPropertiesOfSecretsAsync(Cancellation).ToListAsync(Cancellation);

        Assert.False(all.Single(one => one.Name == "plain").Managed);
        Assert.True(all.Single(one => one.Name == "managed").Managed);
    }

    [Fact]
    public async Task Set_WhereACertificateIs_IsRefused()
    {
        await MakeCertificateAsync("taken");

        var refused = await RefusedAsync(() => _client.SetSecretAsync("taken", "mine", Cancellation));

        Assert.Equal(403, refused.Status);
    }

    [Fact]
    public async Task Delete_CanBeRecovered_AndTellsNoValue()
    {
        await _client.SetSecretAsync("bin", "one", Cancellation);

        await _client.StartDeleteSecretAsync("bin", Cancellation);

        Assert.Null((await _client.GetDeletedSecretAsync("bin", Cancellation)).Value.Value);
        Assert.Equal(404, (await RefusedAsync(() => _client.GetSecretAsync("bin", cancellationToken: Cancellation))).Status);
        await _client.StartRecoverDeletedSecretAsync("bin", Cancellation);
        Assert.Equal("one", (await _client.GetSecretAsync("bin", cancellationToken: Cancellation)).Value.Value);
    }

    private async Task MakeCertificateAsync(string name)
    {
        var operation = await world.Certificates().StartCreateCertificateAsync(name, CertificatePolicy.Default, cancellationToken: Cancellation);
        await operation.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), Cancellation);
    }

    private static Task<RequestFailedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RequestFailedException>(call);
}
