using ControlPlane.Rotations;
using Records.Trust;

namespace ControlPlane.Tests.Rotations;

public sealed class CanaryTests
{
    private const long Sequence = 7;

    [Fact]
    public void Judge_OwnerTriedAllThatItCalls_IsReached()
    {
        var owner = Peer("gateway") with { Calls = ["orders", "echo"], Canaries = [Result("gateway", "orders"), Result("gateway", "echo")] };

        Assert.Equal(new(LookState.Reached), Canary.Judge("gateway", "v2", Sequence, [owner], []));
    }

    [Fact]
    public void Judge_OwnerTriedOnlySome_Waits()
    {
        var owner = Peer("gateway") with { Calls = ["orders", "echo"], Canaries = [Result("gateway", "orders")] };

        Assert.Equal(LookState.Waiting, Canary.Judge("gateway", "v2", Sequence, [owner], []).State);
    }

    [Fact]
    public void Judge_ResultsOfAnotherVersion_DoNotCount()
    {
        var owner = Peer("gateway") with { Calls = ["orders"], Canaries = [Result("gateway", "orders") with { Version = "v1" }] };

        Assert.Equal(LookState.Waiting, Canary.Judge("gateway", "v2", Sequence, [owner], []).State);
    }

    [Fact]
    public void Judge_OwnerOfAnEarlierBundle_Waits()
    {
        var owner = Peer("orders") with { Sequence = Sequence - 1 };

        Assert.Equal(LookState.Waiting, Canary.Judge("orders", "v2", Sequence, [owner], []).State);
    }

    [Fact]
    public void Judge_OneOfTwoOwnersReady_IsReached()
    {
        var behind = Peer("orders") with { Sequence = Sequence - 1 };

        Assert.Equal(LookState.Reached, Canary.Judge("orders", "v2", Sequence, [behind, Peer("orders")], []).State);
    }

    [Fact]
    public void Judge_CallerHasNotTried_Waits()
    {
        var owner = Peer("orders") with { Serves = true };
        var caller = Peer("gateway") with { Calls = ["orders"] };

        Assert.Equal(new(LookState.Waiting, "a caller of orders to try it"), Canary.Judge("orders", "v2", Sequence, [owner], [caller]));
    }

    [Fact]
    public void Judge_CallerTried_IsReached()
    {
        var owner = Peer("orders") with { Serves = true };
        var caller = Peer("gateway") with { Calls = ["orders"], Canaries = [Result("orders", "gateway")] };

        Assert.Equal(LookState.Reached, Canary.Judge("orders", "v2", Sequence, [owner], [caller]).State);
    }

    [Fact]
    public void Judge_OwnerBehindAPlatformThatEndsTls_NeedsNoCaller()
    {
        var caller = Peer("gateway") with { Calls = ["orders"] };

        Assert.Equal(LookState.Reached, Canary.Judge("orders", "v2", Sequence, [Peer("orders")], [caller]).State);
    }

    [Fact]
    public void Judge_AnyFailure_Fails()
    {
        var owner = Peer("orders") with { Serves = true };
        var good = Peer("gateway") with { Calls = ["orders"], Canaries = [Result("orders", "gateway")] };
        var bad = good with { Instance = "b", Canaries = [Result("orders", "gateway") with { Failure = "UntrustedAuthority" }] };

        var look = Canary.Judge("orders", "v2", Sequence, [owner], [good, bad]);

        Assert.Equal(LookState.Failed, look.State);
        Assert.Contains("UntrustedAuthority", look.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_WhoIsAway_IsRemarkedAndHoldsNothingUp()
    {
        var owner = Peer("gateway") with { Calls = ["orders"], Canaries = [Result("gateway", "orders") with { Reached = false }] };

        Assert.Equal(new(LookState.Reached, "Not tried with orders, which did not answer."), Canary.Judge("gateway", "v2", Sequence, [owner], []));
    }

    [Fact]
    public void Judge_WhereTheCertificateInUseFailsToo_IsRemarkedAndHoldsNothingUp()
    {
        var owner = Peer("gateway") with
        {
            Calls = ["orders", "search"],
            Canaries = [Result("gateway", "orders"), Result("gateway", "search") with { Reached = false, Failure = "It answered 403." }],
        };

        Assert.Equal(new(LookState.Reached, "Not tried with search, where the certificate in use fails too: It answered 403."), Canary.Judge("gateway", "v2", Sequence, [owner], []));
    }

    private static PeerReport Peer(string service) => new() { Service = service, Instance = "a", Sequence = Sequence, At = DateTimeOffset.UnixEpoch };

    private static CanaryResult Result(string service, string with) => new() { Service = service, Version = "v2", With = with };
}
