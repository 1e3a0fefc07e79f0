using Mesh.Verification;
using Tests.Shared;

namespace Mesh.Tests.Verification;

public sealed class LeafVerifierTests : IDisposable
{
    private static readonly DateTimeOffset _now = SpoiltLeaves.Now;

    private readonly MeshAuthority _authority = new(_now);
    private readonly LeafVerifier _verifier = new(new());

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Verify_GoodLeaf_NamesTheWorkload()
    {
        using var leaf = _authority.Issue("orders", _now);

        var verdict = Verify(leaf.RawData, _now);

        Assert.Null(verdict.Refusal);
        Assert.Equal(new("contoso.internal", "orders"), verdict.Proof?.Id);
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, MeshRefusal.Expired)]
    public void Verify_AfterItsEnd_IsExpiredOnceTheSkewIsOver(int seconds, MeshRefusal? refusal)
    {
        using var leaf = _authority.Issue("orders", _now);

        Assert.Equal(refusal, Verify(leaf.RawData, Utc(leaf.NotAfter).AddSeconds(seconds)).Refusal);
    }

    [Theory]
    [InlineData(-30, null)]
    [InlineData(-31, MeshRefusal.NotYetValid)]
    public void Verify_BeforeItsBeginning_IsNotYetValidBeyondTheSkew(int seconds, MeshRefusal? refusal)
    {
        using var leaf = _authority.Issue("orders", _now);

        Assert.Equal(refusal, Verify(leaf.RawData, Utc(leaf.NotBefore).AddSeconds(seconds)).Refusal);
    }

    [Fact]
    public void Verify_RootAtItsEnd_IsExpired()
    {
        var end = Utc(_authority.Certificate.NotAfter);
        using var leaf = _authority.Issue("orders", end);

        Assert.Equal(MeshRefusal.Expired, Verify(leaf.RawData, end.AddSeconds(31)).Refusal);
    }

    [Fact]
    public void Verify_RootBeforeItsBeginning_IsNotYetValid()
    {
        var beginning = Utc(_authority.Certificate.NotBefore);
        using var leaf = _authority.Issue("orders", beginning);

        Assert.Equal(MeshRefusal.NotYetValid, Verify(leaf.RawData, beginning.AddSeconds(-31)).Refusal);
    }

    [Fact]
    public void Verify_KnownLeaf_StillExpires()
    {
        using var leaf = _authority.Issue("orders", _now);
        Verify(leaf.RawData, _now);

        Assert.Equal(MeshRefusal.Expired, Verify(leaf.RawData, _now.AddDays(2)).Refusal);
    }

    [Fact]
    public void Verify_SerialOnTheRefusalList_IsRefusedByName()
    {
        using var leaf = _authority.Issue("orders", _now);
        Verify(leaf.RawData, _now);
        var view = Views.Of(2, [new(leaf.SerialNumber, _now.AddDays(1))], _authority.Certificate);

        var verdict = _verifier.Verify(leaf.RawData, view, _now);

        Assert.Equal(MeshRefusal.Refused, verdict.Refusal);
        Assert.Equal("orders", verdict.Proof?.Id.Service);
    }

    [Fact]
    public void Verify_SameBundleAgain_IsNotExaminedAgain()
    {
        using var other = new MeshAuthority(_now, "other");
        using var leaf = _authority.Issue("orders", _now);
        Verify(leaf.RawData, _now);

        // The same sequence with another root cannot be; here it shows that nobody looked.
        Assert.Null(_verifier.Verify(leaf.RawData, Views.Of(other), _now).Refusal);
    }

    [Fact]
    public void Verify_NextBundleWithoutItsRoot_IsExaminedAgain()
    {
        using var other = new MeshAuthority(_now, "other");
        using var leaf = _authority.Issue("orders", _now);
        Verify(leaf.RawData, _now);

        Assert.Equal(MeshRefusal.UntrustedAuthority, _verifier.Verify(leaf.RawData, Views.Of(2, [], other.Certificate), _now).Refusal);
    }

    [Fact]
    public void Verify_NoBundle_CannotJudge()
    {
        using var leaf = _authority.Issue("orders", _now);

        Assert.Equal(MeshRefusal.TrustUnavailable, _verifier.Verify(leaf.RawData, null, _now).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("no certificate")]
    public void Verify_NoCertificate_IsUnreadable(string text) =>
        Assert.Equal(MeshRefusal.UnreadableCertificate, Verify(System.Text.Encoding.ASCII.GetBytes(text), _now).Refusal);

    private Verdict Verify(byte[] leaf, DateTimeOffset now) => _verifier.Verify(leaf, Views.Of(_authority), now);

    private static DateTimeOffset Utc(DateTime local) => local.ToUniversalTime();
}
