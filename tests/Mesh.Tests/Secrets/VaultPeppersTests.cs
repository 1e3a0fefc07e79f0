using Azure;
using Azure.Identity;
using Mesh.Secrets;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Mesh.Tests.Secrets;

public sealed class VaultPeppersTests
{
    public const string Secret = VaultPeppers.Secret;

    private readonly FakeSecrets _vault = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<VaultPeppers> _log = new();
    private readonly VaultPeppers _peppers;

    public VaultPeppersTests() => _peppers = new(_vault, _time, _log);

    [Fact]
    public async Task Get_TwoVersions_AreCurrentAndPrevious()
    {
        _vault.Add(Bytes(1), "1");
        _vault.Add(Bytes(2), "2");
        _vault.Add(Bytes(3), "3");

        var peppers = await GetAsync();

        Assert.Equal((3, 2), (peppers?.Current.Version, peppers?.Previous?.Version));
    }

    [Fact]
    public async Task Get_DisabledOrUnnumbered_IsNotUsed()
    {
        _vault.Add(Bytes(1), "1");
        _vault.Add(Bytes(2), "2", isEnabled: false);
        _vault.Add(Bytes(3), null);

        var peppers = await GetAsync();

        Assert.Equal((1, null), (peppers?.Current.Version, peppers?.Previous));
    }

    [Fact]
    public async Task Get_SoonAgain_AsksTheVaultOnce()
    {
        _vault.Add(Bytes(1), "1");
        await GetAsync();
        var calls = _vault.Calls;

        _time.Advance(TimeSpan.FromMinutes(4));
        await GetAsync();

        Assert.Equal(calls, _vault.Calls);
    }

    [Fact]
    public async Task Get_AfterFiveMinutes_TakesOverTheNewOne()
    {
        _vault.Add(Bytes(1), "1");
        await GetAsync();
        _vault.Add(Bytes(2), "2");
        _time.Advance(TimeSpan.FromMinutes(6));

        // The one who comes first still gets the old ones: nobody waits for the vault.
        Assert.Equal(1, (await GetAsync())?.Current.Version);
        while ((await GetAsync())?.Current.Version == 1)
        {
            await Task.Yield();
        }

        Assert.Equal(2, (await GetAsync())?.Current.Version);
    }

    [Fact]
    public async Task Get_VaultAwayFromTheStart_IsNullAndAsksRarely()
    {
        _vault.Failure = new RequestFailedException(503, "away");

        Assert.Null(await GetAsync());
        Assert.Null(await GetAsync());

        Assert.Equal(1, _vault.Calls);
        Assert.Contains("cannot be read", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception> Failures() =>
    [
        new RequestFailedException(503, "away"),
        new AuthenticationFailedException("no token"),
        new CredentialUnavailableException("no identity"),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Get_VaultBack_IsReadAfterASecond(Exception failure)
    {
        _vault.Failure = failure;
        Assert.Null(await GetAsync());
        _vault.Failure = null;
        _vault.Add(Bytes(1), "1");
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, (await GetAsync())?.Current.Version);
    }

    [Fact]
    public async Task Get_AfterASurprise_IsReadAgain()
    {
        _vault.Failure = new InvalidOperationException("a surprise");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await GetAsync());
        _vault.Failure = null;
        _vault.Add(Bytes(1), "1");
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, (await GetAsync())?.Current.Version);
    }

    [Fact]
    public async Task Get_VaultGoneLater_KeepsTheLast()
    {
        _vault.Add(Bytes(1), "1");
        await GetAsync();
        _vault.Failure = new RequestFailedException(503, "away");
        _time.Advance(TimeSpan.FromHours(5));
        await GetAsync();
        while (_log.Collector.Count == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(1, (await GetAsync())?.Current.Version);
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("c2hvcnQ=")]
    public async Task Get_DamagedSecret_IsNullAndLogged(string value)
    {
        _vault.Add(value, "1");

        Assert.Null(await GetAsync());
        Assert.DoesNotContain(value, _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_None_MakesTheGivenOne()
    {
        await _peppers.EnsureAsync(Convert.FromBase64String(Bytes(7)), TestContext.Current.CancellationToken);
        await _peppers.EnsureAsync(Convert.FromBase64String(Bytes(8)), TestContext.Current.CancellationToken);

        Assert.Equal((1, null), ((await GetAsync())?.Current.Version, (await GetAsync())?.Previous));
    }

    private ValueTask<Records.Peppers?> GetAsync() => _peppers.GetAsync(TestContext.Current.CancellationToken);

    private static string Bytes(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, Records.Pepper.MinimumBytes).ToArray());
}
