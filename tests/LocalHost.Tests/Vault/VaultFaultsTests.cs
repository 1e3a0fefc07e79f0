using Azure;
using LocalHost.Vault.Access;
using LocalHost.Vault.Faults;

namespace LocalHost.Tests.Vault;

/// <summary>Faults on demand, as the real clients meet them.</summary>
public sealed class VaultFaultsTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Fact]
    public async Task Throttled_TheClientTriesAgain()
    {
        world.Faults.Next(VaultKind.Secrets, VaultVerb.Set, VaultFault.Throttled, times: 2);

        var set = await world.Secrets(retries: 2).SetSecretAsync("patient", "one", Cancellation);

        Assert.Equal("one", set.Value.Value);
    }

    [Fact]
    public async Task Throttled_WithoutRetries_SaysHowLongToWait()
    {
        world.Faults.RetryAfter = 7;
        world.Faults.Next(VaultKind.Secrets, VaultVerb.List, VaultFault.Throttled);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(async () => await world.Secrets(retries: 0).GetPropertiesOfSecretsAsync(Cancellation).ToListAsync(Cancellation));

        world.Faults.RetryAfter = 0;
        Assert.Equal((429, "Throttled"), (refused.Status, refused.ErrorCode));
        Assert.True(refused.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var wait));
        Assert.Equal("7", wait);
    }

    [Fact]
    public async Task Unavailable_TheClientTriesAgain()
    {
        world.Faults.Next(VaultKind.Certificates, VaultVerb.Create, VaultFault.Unavailable);

        var operation = await world.Certificates().StartCreateCertificateAsync("away", new("Unknown", "CN=away"), cancellationToken: Cancellation);

        Assert.Equal("inProgress", operation.Properties.Status);
    }

    [Fact]
    public async Task BrokenBefore_NothingWasDone()
    {
        world.Faults.Next(VaultKind.Secrets, VaultVerb.Set, VaultFault.BrokenBefore);

        var broken = await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets(retries: 0).SetSecretAsync("lost", "one", Cancellation));

        Assert.Equal(0, broken.Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets().GetSecretAsync("lost", cancellationToken: Cancellation))).Status);
    }

    [Fact]
    public async Task BrokenAfter_ItWasDone()
    {
        world.Faults.Next(VaultKind.Secrets, VaultVerb.Set, VaultFault.BrokenAfter);

        var broken = await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets(retries: 0).SetSecretAsync("kept", "one", Cancellation));

        Assert.Equal(0, broken.Status);
        Assert.Equal("one", (await world.Secrets().GetSecretAsync("kept", cancellationToken: Cancellation)).Value.Value);
    }

    [Fact]
    public async Task Hang_HoldsTheCallUntilItIsReleased()
    {
        var hang = world.Faults.HangNext(VaultKind.Secrets, VaultVerb.Set);
        var call = world.Secrets().SetSecretAsync("held", "one", Cancellation);
        await hang.Reached.WaitAsync(Cancellation);
        Assert.False(call.IsCompleted);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets().GetSecretAsync("held", cancellationToken: Cancellation))).Status);

        hang.Release();

        Assert.Equal("one", (await call).Value.Value);
    }

    [Fact]
    public async Task Hang_ACallerWhoGivesUp_ChangesNothing()
    {
        var hang = world.Faults.HangNext(VaultKind.Secrets, VaultVerb.Set);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = world.Secrets().SetSecretAsync("given-up", "one", patience.Token);
        await hang.Reached.WaitAsync(Cancellation);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets().GetSecretAsync("given-up", cancellationToken: Cancellation))).Status);
    }

    [Fact]
    public async Task Fault_OfAnotherKindOfCall_IsNotMet()
    {
        world.Faults.Next(VaultKind.Certificates, VaultVerb.Merge, VaultFault.Unavailable);

        var set = await world.Secrets(retries: 0).SetSecretAsync("unharmed", "one", Cancellation);

        Assert.Equal("one", set.Value.Value);
    }
}
