using System.Security.Cryptography;
using Azure.Core.Pipeline;
using ControlPlane.Vault;
using LocalHost.Vault.Access;
using LocalHost.Vault.Faults;

namespace LocalHost.Tests.Vault;

/// <summary>The control plane's keys against a vault.</summary>
public sealed class VaultKeysTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private readonly VaultKeys _keys = world.Keys();

    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Theory]
    [InlineData(VaultKeyCurve.P256, VaultSignAlgorithm.ES256)]
    [InlineData(VaultKeyCurve.P384, VaultSignAlgorithm.ES384)]
    public async Task Sign_VerifiesByThePublicKey(VaultKeyCurve curve, VaultSignAlgorithm algorithm)
    {
        var made = await _keys.CreateAsync($"sign-{curve}", Rotation("r1"), curve, Cancellation);
        var content = RandomNumberGenerator.GetBytes(100);

        var signature = await _keys.SignAsync(made.Version.Name, made.Version.Version, algorithm, algorithm.Digest(content), Cancellation);

        var read = await _keys.GetAsync(made.Version.Name, made.Version.Version, Cancellation);
        using var key = ECDsa.Create(read.Ec!.Value);
        Assert.Equal(algorithm, read.SignsWith);
        Assert.True(key.VerifyData(content, signature, algorithm.Hash()));
    }

    [Fact]
    public async Task Versions_HaveTagsAndState_OverAllPages()
    {
        for (var i = 0; i < 26; i++)
        {
            await _keys.CreateAsync("pages", Rotation($"r{i}"), cancellation: Cancellation);
        }

        var versions = await _keys.VersionsAsync("pages", Cancellation);

        Assert.Equal(Enumerable.Range(0, 26).Select(i => $"r{i}").Order(), versions.Select(version => version.Tags["rotation"]).Order());
        Assert.All(versions, version => Assert.True(version.Enabled));
        Assert.Equal(26, versions.Select(version => version.Version).Distinct().Count());
    }

    [Fact]
    public async Task Versions_OfANameThatIsNotThere_AreNone() => Assert.Empty(await _keys.VersionsAsync("nothing", Cancellation));

    [Fact]
    public async Task Disable_EndsSigning()
    {
        var made = await _keys.CreateAsync("retired", Rotation("r1"), cancellation: Cancellation);

        await _keys.DisableAsync("retired", made.Version.Version, Cancellation);

        var refused = await Assert.ThrowsAsync<VaultRefusedException>(() => _keys.SignAsync("retired", made.Version.Version, VaultSignAlgorithm.ES256, new byte[32], Cancellation));
        Assert.Equal((403, "Forbidden"), (refused.Status, refused.ErrorCode));
        var version = Assert.Single(await _keys.VersionsAsync("retired", Cancellation));
        Assert.Equal((false, "r1"), (version.Enabled, version.Tags["rotation"]));
    }

    [Fact]
    public async Task Get_WhatIsNotThere_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<VaultRefusedException>(() => _keys.GetAsync("nothing", "1", Cancellation));

        Assert.Equal((404, "KeyNotFound"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task NoVersion_IsNotTakenForTheLatest() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _keys.SignAsync("any", "", VaultSignAlgorithm.ES256, new byte[32], Cancellation));

    [Theory]
    [InlineData(VaultFault.Throttled)]
    [InlineData(VaultFault.Unavailable)]
    [InlineData(VaultFault.BrokenBefore)]
    internal async Task Sign_MeetsAFault_TriesAgain(VaultFault fault)
    {
        var made = await _keys.CreateAsync("bumpy", Rotation("r1"), cancellation: Cancellation);
        world.Faults.Next(VaultKind.Keys, VaultVerb.Sign, fault);

        Assert.Equal(64, (await _keys.SignAsync("bumpy", made.Version.Version, VaultSignAlgorithm.ES256, new byte[32], Cancellation)).Length);
    }

    [Theory]
    [InlineData(VaultFault.Throttled)]
    [InlineData(VaultFault.Unavailable)]
    [InlineData(VaultFault.BrokenBefore)]
    internal async Task Sign_FaultsGoOn_SaysThatTheVaultIsAway(VaultFault fault)
    {
        var made = await _keys.CreateAsync("away", Rotation("r1"), cancellation: Cancellation);
        world.Faults.Next(VaultKind.Keys, VaultVerb.Sign, fault, times: 2);

        await Assert.ThrowsAsync<VaultAwayException>(() => world.Keys(retries: 1).SignAsync("away", made.Version.Version, VaultSignAlgorithm.ES256, new byte[32], Cancellation));
    }

    [Fact]
    public async Task Create_AnswerLost_IsFoundByItsTag()
    {
        world.Faults.Next(VaultKind.Keys, VaultVerb.Create, VaultFault.BrokenAfter);

        await Assert.ThrowsAsync<VaultAwayException>(() => world.Keys(retries: 0).CreateAsync("lost", Rotation("r9"), cancellation: Cancellation));

        Assert.Equal("r9", Assert.Single(await _keys.VersionsAsync("lost", Cancellation)).Tags["rotation"]);
    }

    [Fact]
    public void AddressOfNoVault_IsGivenNoToken()
    {
        Assert.Throws<ArgumentException>(() => new VaultKeys(world.Address, world.As(VaultWorld.Officer).Credential));
    }

    [Fact]
    public async Task ListThatGoesOnElsewhere_IsNotFollowed()
    {
        using var http = new HttpClient(new OtherHost());
        var keys = new VaultKeys(world.Address, world.As(VaultWorld.Officer).Credential, new() { IsEmulator = true, Transport = new HttpClientTransport(http) });

        var failure = await Assert.ThrowsAsync<FormatException>(() => keys.VersionsAsync("ca", Cancellation));

        Assert.Contains("attacker.example", failure.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Rotation(string id) => new() { ["rotation"] = id };

    private sealed class OtherHost : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.NotEqual("attacker.example", request.RequestUri!.Host);
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("""{"value":[],"nextLink":"https://attacker.example/keys/ca/versions"}""") });
        }
    }
}
