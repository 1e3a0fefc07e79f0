using ControlPlane.Access;
using ControlPlane.Vault;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ControlPlane.Tests.Access;

public sealed class VaultManageKeyTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeSecrets _vault = new() { Value = "the key" };
    private readonly VaultManageKey _key;

    public VaultManageKeyTests() => _key = new(_vault, _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Key_OfTheVault_MayDoAll()
    {
        Assert.True((await IdentifyAsync("the key"))!.MayChange);
        Assert.Null(await IdentifyAsync("another"));
        Assert.Null(await IdentifyAsync(null));
        Assert.Equal(1, _vault.Reads);
    }

    [Fact]
    public async Task Vault_WithoutAKey_GetsOneAtRandom()
    {
        _vault.Value = null;

        await _key.EnsureAsync(Cancellation);

        Assert.Equal((1, 64), (_vault.Writes, _vault.Value!.Length));
        Assert.NotNull(await IdentifyAsync(_vault.Value));
    }

    [Fact]
    public async Task Key_ChangedInTheVault_CountsWithinFiveMinutes()
    {
        await IdentifyAsync("the key");
        _vault.Value = "another";
        Assert.NotNull(await IdentifyAsync("the key"));

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.NotNull(await IdentifyAsync("another"));
        Assert.Null(await IdentifyAsync("the key"));
    }

    [Fact]
    public async Task Vault_Away_LeavesTheLastKey()
    {
        await IdentifyAsync("the key");
        _vault.IsAway = true;
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.NotNull(await IdentifyAsync("the key"));
    }

    [Fact]
    public async Task Vault_ThatRefuses_LeavesTheLastKey_AndIsNotFlooded()
    {
        _vault.Refuses = true;
        await Assert.ThrowsAsync<VaultAwayException>(() => IdentifyAsync("the key"));
        await Assert.ThrowsAsync<VaultAwayException>(() => IdentifyAsync("the key"));
        Assert.Equal(1, _vault.Reads);
        _vault.Refuses = false;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(await IdentifyAsync("the key"));

        _vault.Refuses = true;
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.NotNull(await IdentifyAsync("the key"));
    }

    [Fact]
    public async Task Vault_AwayFromTheStart_TellsNobodyThatHeIsWrong_AndIsNotFlooded()
    {
        _vault.IsAway = true;

        await Assert.ThrowsAsync<VaultAwayException>(() => IdentifyAsync("the key"));
        await Assert.ThrowsAsync<VaultAwayException>(() => IdentifyAsync("the key"));
        Assert.Equal(1, _vault.Reads);
        _vault.IsAway = false;
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotNull(await IdentifyAsync("the key"));
    }

    private async Task<ManageCaller?> IdentifyAsync(string? key)
    {
        var context = new DefaultHttpContext();
        if (key is not null)
        {
            context.Request.Headers.Authorization = $"Bearer {key}";
        }

        return await _key.IdentifyAsync(context.Request, Cancellation);
    }
}
