using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Security.KeyVault.Certificates;

namespace LocalHost.Tests.Vault;

/// <summary>Certificates that somebody else signs: request, merge, cancel.</summary>
public sealed class PendingCertificateTests(VaultWorld world) : IClassFixture<VaultWorld>, IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly CertificateClient _client = world.Certificates(VaultWorld.Officer);

    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Fact]
    public async Task Create_IssuerUnknown_WaitsForASignature()
    {
        await _client.StartCreateCertificateAsync("waits", Leaf(), cancellationToken: Cancellation);

        var pending = await _client.GetCertificateOperationAsync("waits", Cancellation);

        Assert.False(pending.HasCompleted);
        Assert.Equal("inProgress", pending.Properties.Status);
        Assert.Equal("Unknown", pending.Properties.IssuerName);
        var request = CertificateRequest.LoadSigningRequest(pending.Properties.Csr, System.Security.Cryptography.HashAlgorithmName.SHA256);
        Assert.Equal("CN=gateway", request.SubjectName.Name);
    }

    [Theory]
    [InlineData("EC", "P-256", null)]
    [InlineData("EC", "P-384", null)]
    [InlineData("RSA", null, 2048)]
    public async Task Merge_SignedRequest_IsTheCertificateOfTheName(string type, string? curve, int? size)
    {
        var name = $"merged-{type}-{curve}{size}";
        var policy = Leaf();
        policy.KeyType = type;
        policy.KeyCurveName = curve is null ? default(CertificateKeyCurveName?) : new CertificateKeyCurveName(curve);
        policy.KeySize = size;
        var operation = await _client.StartCreateCertificateAsync(name, policy, cancellationToken: Cancellation);
        var signed = _authority.Sign(operation.Properties.Csr);

        var merged = await _client.MergeCertificateAsync(new(name, [signed, _authority.Root]) { Tags = { ["rotation"] = "r1" } }, Cancellation);

        Assert.Equal(201, merged.GetRawResponse().Status);
        Assert.Equal(signed, merged.Value.Cer);
        Assert.Equal("r1", merged.Value.Properties.Tags["rotation"]);
        var completed = await operation.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), Cancellation);
        Assert.Equal(merged.Value.Properties.Version, completed.Value.Properties.Version);
        Assert.Equal("completed", operation.Properties.Status);
        using X509Certificate2 downloaded = await world.Certificates().DownloadCertificateAsync(name, cancellationToken: Cancellation);
        Assert.True(downloaded.HasPrivateKey);
        Assert.Equal(signed, downloaded.RawData);
    }

    [Fact]
    public async Task Merge_WithoutTags_KeepsThoseOfTheCreation()
    {
        var operation = await _client.StartCreateCertificateAsync("tags", Leaf(), enabled: false, new Dictionary<string, string> { ["rotation"] = "r7" }, Cancellation);

        var merged = await _client.MergeCertificateAsync(new("tags", [_authority.Sign(operation.Properties.Csr)]), Cancellation);

        Assert.Equal("r7", merged.Value.Properties.Tags["rotation"]);
        Assert.False(merged.Value.Properties.Enabled);
    }

    [Fact]
    public async Task Merge_OfAnotherKey_IsRefused()
    {
        await _client.StartCreateCertificateAsync("mismatch", Leaf(), cancellationToken: Cancellation);
        var other = await _client.StartCreateCertificateAsync("mismatch-other", Leaf(), cancellationToken: Cancellation);

        var refused = await RefusedAsync(() => _client.MergeCertificateAsync(new("mismatch", [_authority.Sign(other.Properties.Csr)]), Cancellation));

        Assert.Equal((400, "BadParameter"), (refused.Status, refused.ErrorCode));
        Assert.Equal("inProgress", (await _client.GetCertificateOperationAsync("mismatch", Cancellation)).Properties.Status);
    }

    [Fact]
    public async Task Merge_OfGarbage_IsRefused()
    {
        await _client.StartCreateCertificateAsync("garbage", Leaf(), cancellationToken: Cancellation);

        var refused = await RefusedAsync(() => _client.MergeCertificateAsync(new("garbage", [[1, 2, 3]]), Cancellation));

        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task Merge_WithNothingPending_IsRefused()
    {
        var refused = await RefusedAsync(() => _client.MergeCertificateAsync(new("never-made", [_authority.Root]), Cancellation));

        Assert.Equal((404, "PendingCertificateNotFound"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Merge_Twice_IsRefusedAndChangesNothing()
    {
        var operation = await _client.StartCreateCertificateAsync("twice", Leaf(), cancellationToken: Cancellation);
        var merge = new MergeCertificateOptions("twice", [_authority.Sign(operation.Properties.Csr)]);
        await _client.MergeCertificateAsync(merge, Cancellation);

        var refused = await RefusedAsync(() => _client.MergeCertificateAsync(merge, Cancellation));

        Assert.Equal((403, "Forbidden"), (refused.Status, refused.ErrorCode));
        Assert.Equal(1, await _client.GetPropertiesOfCertificateVersionsAsync("twice", Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task Create_WhileOneIsPending_IsAConflict()
    {
        await _client.StartCreateCertificateAsync("busy", Leaf(), cancellationToken: Cancellation);

        var refused = await RefusedAsync(() => _client.StartCreateCertificateAsync("busy", Leaf(), cancellationToken: Cancellation));

        Assert.Equal((409, "Conflict"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Cancel_EndsIt_AndTheNextMayBegin()
    {
        var operation = await _client.StartCreateCertificateAsync("cancelled", Leaf(), cancellationToken: Cancellation);

        await operation.CancelAsync(Cancellation);

        await operation.UpdateStatusAsync(Cancellation);
        Assert.Equal("cancelled", operation.Properties.Status);
        Assert.True(operation.Properties.CancellationRequested);
        var next = await _client.StartCreateCertificateAsync("cancelled", Leaf(), cancellationToken: Cancellation);
        Assert.NotEqual(operation.Properties.Csr, next.Properties.Csr);
    }

    [Fact]
    public async Task DeletePending_LeavesNothingPending()
    {
        var operation = await _client.StartCreateCertificateAsync("dropped", Leaf(), cancellationToken: Cancellation);

        await operation.DeleteAsync(Cancellation);

        var refused = await RefusedAsync(() => _client.GetCertificateOperationAsync("dropped", Cancellation));
        Assert.Equal(404, refused.Status);
    }

    [Fact]
    public async Task Get_WhileNothingIsMerged_IsNotFound()
    {
        await _client.StartCreateCertificateAsync("unborn", Leaf(), cancellationToken: Cancellation);

        var refused = await RefusedAsync(() => _client.GetCertificateAsync("unborn", Cancellation));

        Assert.Equal((404, "CertificateNotFound"), (refused.Status, refused.ErrorCode));
        Assert.DoesNotContain("unborn", await _client.GetPropertiesOfCertificatesAsync(includePending: false, Cancellation).Select(one => one.Name).ToListAsync(Cancellation));
        Assert.Contains("unborn", await _client.GetPropertiesOfCertificatesAsync(includePending: true, Cancellation).Select(one => one.Name).ToListAsync(Cancellation));
    }

    public void Dispose() => _authority.Dispose();

    private static CertificatePolicy Leaf() => new("Unknown", "CN=gateway")
    {
        KeyType = CertificateKeyType.Ec,
        KeyCurveName = CertificateKeyCurveName.P256,
        Exportable = true,
        ReuseKey = false,
        EnhancedKeyUsage = { "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2" },
        ValidityInMonths = 1,
    };

    private static Task<RequestFailedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RequestFailedException>(call);
}
