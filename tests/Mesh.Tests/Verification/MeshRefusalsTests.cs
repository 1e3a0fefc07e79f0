using Mesh.Verification;

namespace Mesh.Tests.Verification;

public sealed class MeshRefusalsTests
{
    [Theory]
    [InlineData(MeshRefusal.NoCertificate, 401, "certificate-missing")]
    [InlineData(MeshRefusal.UnreadableCertificate, 401, "certificate-unreadable")]
    [InlineData(MeshRefusal.ForgedHeader, 401, "certificate-header-forged")]
    [InlineData(MeshRefusal.UntrustedAuthority, 401, "authority-untrusted")]
    [InlineData(MeshRefusal.Expired, 401, "certificate-expired")]
    [InlineData(MeshRefusal.NotYetValid, 401, "certificate-not-yet-valid")]
    [InlineData(MeshRefusal.NotAWorkload, 401, "not-a-workload")]
    [InlineData(MeshRefusal.WrongTrustDomain, 401, "wrong-trust-domain")]
    [InlineData(MeshRefusal.Refused, 401, "certificate-revoked")]
    [InlineData(MeshRefusal.WrongService, 403, "wrong-service")]
    [InlineData(MeshRefusal.TrustUnavailable, 503, "trust-unavailable")]
    public void Describe_Refusal_SaysWhatACallerSees(MeshRefusal refusal, int status, string slug)
    {
        var row = refusal.Describe();

        Assert.Equal((status, slug), (row.Status, row.Slug));
    }

    [Fact]
    public void Describe_EveryRefusal_HasItsOwnSlug() =>
        Assert.Equal(Enum.GetValues<MeshRefusal>().Length, Enum.GetValues<MeshRefusal>().Select(refusal => refusal.Describe().Slug).Distinct().Count());
}
