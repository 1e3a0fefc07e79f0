using System.Net;
using System.Security.Cryptography;
using Mesh.Verification;
using Tests.Shared;

namespace Mesh.Tests.Verification;

public sealed class LeafRulesTests
{
    private static readonly VerificationLimits _limits = new();

    public static TheoryData<string, string> Cases() => [.. SpoiltLeaves.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_Broken_IsTheReasonOfTheRefusal(string name, string what)
    {
        var rule = LeafRules.All.Single(rule => rule.Name == name);
        var (leaf, view) = SpoiltLeaves.All[(name, what)]();

        var verdict = new LeafExamination(_limits, LeafProfile.Workload).Examine(leaf, view);

        Assert.Equal(rule.Refusal, verdict.Refusal);
        Assert.NotNull(verdict.Detail);
        Assert.Null(verdict.Proof);
    }

    // So each rule is needed, and no other test passes by accident: the rule alone stands between the leaf and its acceptance.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_TakenOut_LetsItsLeavesIn(string name, string what)
    {
        var (leaf, view) = SpoiltLeaves.All[(name, what)]();
        var without = new LeafExamination(_limits, LeafProfile.Workload with { Rules = [.. LeafRules.All.Where(rule => rule.Name != name)] });

        var verdict = without.Examine(leaf, view);

        // Without the rule of the SPIFFE id there is still no workload to name.
Assert.Equal(name == "SpiffeId" ? MeshRefusal.NotAWorkload : null, verdict.Refusal);
        Assert.Null(verdict.Detail);
    }

    [Fact]
    public void Rules_EachHasItsCase() =>
        Assert.Equal(LeafRules.All.Select(rule => rule.Name).Order(), SpoiltLeaves.All.Keys.Select(key => key.Rule).Distinct().Order());

    public static TheoryData<string> MoreSpoiltLeaves() => [.. _more.Keys];

    [Theory]
    [MemberData(nameof(MoreSpoiltLeaves))]
    public void Leaf_WithMoreThanOneFault_IsNoWorkload(string what)
    {
        using var authority = new MeshAuthority(SpoiltLeaves.Now);
        using var leaf = authority.Issue("orders", SpoiltLeaves.Now, _more[what]);

        var verdict = new LeafExamination(_limits, LeafProfile.Workload).Examine(leaf.RawData, Views.Of(authority));

        Assert.Equal(MeshRefusal.NotAWorkload, verdict.Refusal);
    }

    [Fact]
    public void Leaf_WithACurveWrittenOut_IsNoWorkload()
    {
        var (leaf, view) = SpoiltLeaves.CurveWrittenOut();

        Assert.Equal(MeshRefusal.NotAWorkload, new LeafExamination(_limits, LeafProfile.Workload).Examine(leaf, view).Refusal);
    }

    [Theory]
    [MemberData(nameof(GoodLeaves))]
    public void Leaf_AsTheMeshMayIssueIt_IsProven(string what)
    {
        using var authority = new MeshAuthority(SpoiltLeaves.Now);
        using var leaf = authority.Issue("orders", SpoiltLeaves.Now, _good[what]);

        var verdict = new LeafExamination(_limits, LeafProfile.Workload).Examine(leaf.RawData, Views.Of(authority));

        Assert.Null(verdict.Refusal);
        Assert.Equal("spiffe://contoso.internal/orders", verdict.Proof?.Id.ToString());
        Assert.Equal(leaf.SerialNumber, verdict.Proof?.Serial);
    }

    public static TheoryData<string> GoodLeaves() => [.. _good.Keys];

    private static readonly Dictionary<string, Action<LeafDraft>> _more = new()
    {
        ["no extended key usage"] = draft => draft.ExtendedKeyUsage.Clear(),
        ["any usage alone"] = draft =>
        {
            draft.ExtendedKeyUsage.Clear();
            draft.ExtendedKeyUsage.Add(SpoiltLeaves.AnyUsage);
        },
        ["no key usage"] = draft => draft.KeyUsage = null,
        ["no URI"] = draft =>
        {
            draft.Uris.Clear();
            draft.DnsNames.Add("orders");
        },
        ["no names"] = draft => draft.Uris.Clear(),
        ["malformed names"] = draft =>
        {
            draft.Uris.Clear();
            draft.More.Add(new("2.5.29.17", [0x30, 0x03, 0x86, 0x01, 0xFF], critical: true));
        },
    };

    private static readonly Dictionary<string, Action<LeafDraft>> _good = new()
    {
        ["plain"] = _ => { },
        ["P-384"] = draft => draft.Key = ECDsa.Create(ECCurve.NamedCurves.nistP384),
        ["RSA 2048"] = draft => draft.Key = RSA.Create(2048),
        ["no basic constraints"] = draft => draft.IsAuthority = null,
        ["with a host name and an address"] = draft =>
        {
            draft.DnsNames.Add("localhost");
            draft.Addresses.Add(IPAddress.Loopback);
        },
    };
}
