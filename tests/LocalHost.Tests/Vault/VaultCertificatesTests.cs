using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Security.KeyVault.Certificates;
using ControlPlane.Vault;
using LocalHost.Vault.Access;
using LocalHost.Vault.Faults;

namespace LocalHost.Tests.Vault;

/// <summary>The steps of a leaf's issuance against a vault: repeated, and with answers that are lost.</summary>
public sealed class VaultCertificatesTests(VaultWorld world) : IClassFixture<VaultWorld>, IDisposable
{
    private const string Subject = "CN=gateway";

    private static readonly Dictionary<string, string> NoTags = [];

    private readonly TestAuthority _authority = new();
    private readonly VaultCertificates _certificates = Over(world, retries: 3);

    public static TheoryData<int> RetriesOfTheClient => [0, 3];

    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Fact]
    public async Task Issue_LeavesTheKeyToTheWorkload()
    {
        var merged = await IssueAsync("issued", "r1");

        var found = await _certificates.FindAsync("issued", "r1", Cancellation);
        Assert.Equal((merged.Version, merged.Thumbprint, true), (found!.Version, found.Thumbprint, found.Enabled));
        var secret = (await world.Secrets(VaultWorld.Workload).GetSecretAsync("issued", merged.Version, cancellationToken: Cancellation)).Value;
        using var leaf = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(secret.Value), null);
        Assert.True(leaf.HasPrivateKey);
        Assert.Equal(merged.Thumbprint, leaf.Thumbprint);
        Assert.Equal(leaf.RawData, await _certificates.CertificateAsync("issued", merged.Version, Cancellation));
    }

    [Fact]
    public async Task EnsurePending_Repeated_IsTheSameRequest()
    {
        var first = await _certificates.EnsurePendingAsync("repeated", Subject, "r1", Cancellation);

        Assert.Equal(first, await _certificates.EnsurePendingAsync("repeated", Subject, "r1", Cancellation));
    }

    [Fact]
    public async Task EnsurePending_AfterAMerge_IsARequestForANewKey()
    {
        var first = await _certificates.EnsurePendingAsync("next", Subject, "r1", Cancellation);
        await MergeAsync(_certificates, "next", "r1", _authority.Sign(first));

        var second = await _certificates.EnsurePendingAsync("next", Subject, "r2", Cancellation);

        Assert.NotEqual(KeyOf(first), KeyOf(second));
    }

    [Theory]
    [MemberData(nameof(RetriesOfTheClient))]
    public async Task EnsurePending_AnswerLost_IsTheRequestThatIsThere(int retries)
    {
        world.Faults.Next(VaultKind.Certificates, VaultVerb.Create, VaultFault.BrokenAfter);

        var csr = await Over(world, retries).EnsurePendingAsync($"begun{retries}", Subject, "r1", Cancellation);

        Assert.Equal(csr, (await world.Certificates().GetCertificateOperationAsync($"begun{retries}", Cancellation)).Properties.Csr);
    }

    [Fact]
    public async Task EnsurePending_CreateNotDone_SaysThatTheVaultIsAway()
    {
        world.Faults.Next(VaultKind.Certificates, VaultVerb.Create, VaultFault.BrokenBefore);

        await Assert.ThrowsAsync<VaultAwayException>(() => Over(world, retries: 0).EnsurePendingAsync("not-begun", Subject, "r1", Cancellation));

        Assert.NotEmpty(await _certificates.EnsurePendingAsync("not-begun", Subject, "r1", Cancellation));
    }

    [Fact]
    public async Task EnsurePending_WhereAnotherKindOfKeyIsPending_BeginsAnew()
    {
        await world.Certificates().StartCreateCertificateAsync("other-key", new("Unknown", Subject) { KeyType = CertificateKeyType.Rsa, KeySize = 2048 }, cancellationToken: Cancellation);

        var csr = await _certificates.EnsurePendingAsync("other-key", Subject, "r1", Cancellation);

        using var key = CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256).PublicKey.GetECDsaPublicKey();
        Assert.Equal(256, key!.KeySize);
    }

    [Fact]
    public async Task EnsurePending_WhereOneWasCancelled_BeginsAnew()
    {
        var cancelled = await world.Certificates().StartCreateCertificateAsync("was-cancelled", new("Unknown", Subject), cancellationToken: Cancellation);
        await cancelled.CancelAsync(Cancellation);

        var csr = await _certificates.EnsurePendingAsync("was-cancelled", Subject, "r1", Cancellation);

        Assert.NotEqual(cancelled.Properties.Csr, csr);
    }

    [Theory]
    [MemberData(nameof(RetriesOfTheClient))]
    public async Task Merge_AnswerLost_IsMergedOnce(int retries)
    {
        var name = $"ambiguous{retries}";
        var csr = await _certificates.EnsurePendingAsync(name, Subject, "r1", Cancellation);
        world.Faults.Next(VaultKind.Certificates, VaultVerb.Merge, VaultFault.BrokenAfter);

        var merged = await MergeAsync(Over(world, retries), name, "r1", _authority.Sign(csr));

        var version = Assert.Single(await _certificates.VersionsAsync(name, Cancellation));
        Assert.Equal((version.Version, "r1"), (merged.Version, merged.Tags[VaultCertificates.RotationTag]));
    }

    [Fact]
    public async Task Merge_Repeated_IsTheVersionThatIsThere()
    {
        var csr = await _certificates.EnsurePendingAsync("merged-twice", Subject, "r1", Cancellation);
        var first = await MergeAsync(_certificates, "merged-twice", "r1", _authority.Sign(csr));

        var second = await MergeAsync(_certificates, "merged-twice", "r1", _authority.Sign(csr));

        Assert.Equal((first.Version, first.Thumbprint), (second.Version, second.Thumbprint));
        Assert.Single(await _certificates.VersionsAsync("merged-twice", Cancellation));
    }

    [Fact]
    public async Task Merge_NotDone_SaysThatTheVaultIsAway_AndCanBeRepeated()
    {
        var csr = await _certificates.EnsurePendingAsync("unmerged", Subject, "r1", Cancellation);
        var signed = _authority.Sign(csr);
        world.Faults.Next(VaultKind.Certificates, VaultVerb.Merge, VaultFault.BrokenBefore);
        await Assert.ThrowsAsync<VaultAwayException>(() => MergeAsync(Over(world, retries: 0), "unmerged", "r1", signed));
        Assert.Null(await _certificates.FindAsync("unmerged", "r1", Cancellation));

        await MergeAsync(_certificates, "unmerged", "r1", signed);

        Assert.Single(await _certificates.VersionsAsync("unmerged", Cancellation));
    }

    [Fact]
    public async Task Merge_ThatIsRefused_SaysWhy()
    {
        await _certificates.EnsurePendingAsync("refused", Subject, "r1", Cancellation);
        var other = await _certificates.EnsurePendingAsync("refused-other", Subject, "r1", Cancellation);

        var refused = await Assert.ThrowsAsync<VaultRefusedException>(() => MergeAsync(_certificates, "refused", "r1", _authority.Sign(other)));

        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task Merge_KeepsTags_AndTheChain()
    {
        var csr = await _certificates.EnsurePendingAsync("tagged", Subject, "r1", Cancellation);

        await _certificates.MergeAsync("tagged", "r1", [_authority.Sign(csr), _authority.Root], new Dictionary<string, string> { ["ca"] = "v1" }, Cancellation);

        var found = await _certificates.FindAsync("tagged", "r1", Cancellation);
        Assert.Equal(("v1", "r1"), (found!.Tags["ca"], found.Tags["rotation"]));
        var secret = (await world.Secrets(VaultWorld.Workload).GetSecretAsync("tagged", cancellationToken: Cancellation)).Value;
        Assert.Equal(2, X509CertificateLoader.LoadPkcs12Collection(Convert.FromBase64String(secret.Value), null).Count);
    }

    [Fact]
    public async Task Disable_Repeated_LeavesTheVersionDisabledWithItsTags()
    {
        var merged = await IssueAsync("retired", "r1");

        await _certificates.DisableAsync("retired", merged.Version, Cancellation);
        await _certificates.DisableAsync("retired", merged.Version, Cancellation);

        var found = await _certificates.FindAsync("retired", "r1", Cancellation);
        Assert.False(found!.Enabled);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => world.Secrets(VaultWorld.Workload).GetSecretAsync("retired", merged.Version, cancellationToken: Cancellation));
        Assert.Equal(403, refused.Status);
    }

    [Fact]
    public async Task Versions_OfANameThatIsNotThere_AreNone()
    {
        Assert.Empty(await _certificates.VersionsAsync("nothing", Cancellation));
        Assert.Null(await _certificates.FindAsync("nothing", "r1", Cancellation));
    }

    [Fact]
    public async Task Versions_VaultAway_IsNotTakenForNone()
    {
        world.Faults.Next(VaultKind.Certificates, VaultVerb.ListVersions, VaultFault.Unavailable);

        await Assert.ThrowsAsync<VaultAwayException>(() => Over(world, retries: 0).FindAsync("any", "r1", Cancellation));
    }

    [Fact]
    public async Task Issue_Cancelled_IsNoOutage()
    {
        var hang = world.Faults.HangNext(VaultKind.Certificates, VaultVerb.ListVersions);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var find = _certificates.FindAsync("any", "r1", stop.Token);
        await hang.Reached.WaitAsync(Cancellation);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => find);
    }

    public void Dispose() => _authority.Dispose();

    private static VaultCertificates Over(VaultWorld world, int retries) => new(world.Certificates(VaultWorld.Officer, retries));

    private static Task<VaultCertificateVersion> MergeAsync(VaultCertificates certificates, string name, string rotation, byte[] leaf) =>
        certificates.MergeAsync(name, rotation, [leaf], NoTags, Cancellation);

    private static byte[] KeyOf(byte[] csr) => CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256).PublicKey.ExportSubjectPublicKeyInfo();

    private async Task<VaultCertificateVersion> IssueAsync(string name, string rotation)
    {
        var csr = await _certificates.EnsurePendingAsync(name, Subject, rotation, Cancellation);
        return await MergeAsync(_certificates, name, rotation, _authority.Sign(csr));
    }
}
