using ControlPlane.Trust;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Trust;

public sealed class TrustChangesTests : IDisposable
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly MeshAuthority _old = new(_now, "old");
    private readonly MeshAuthority _new = new(_now, "new");
    private readonly TrustBundle _bundle;

    public TrustChangesTests() => _bundle = new()
    {
        TrustDomain = MeshAuthority.TrustDomain,
        Sequence = 7,
        Issued = _now.AddDays(-1),
        Poll = TimeSpan.FromSeconds(15),
        MaxAge = TimeSpan.FromMinutes(10),
        Roots = [_old.Root],
        Authority = _old.Root.Id,
        Workloads = [new() { Service = "orders", InUse = Leaf(1) }, new() { Service = "echo" }],
    };

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public void AnyChange_IsTheNextBundleIssuedNow_WithoutExpiredRefusals()
    {
        var bundle = _bundle with { Refused = [new("01", _now), new("02", _now.AddTicks(1))] };

        var next = Made(TrustChanges.AddWorkload(bundle, "customers", _now));

        Assert.Equal((8, _now), (next.Sequence, next.Issued));
        Assert.Equal(["02"], next.Refused.Select(refused => refused.Serial));
        Assert.Equal(["orders", "echo", "customers"], next.Workloads.Select(workload => workload.Service));
    }

    [Fact]
    public void ProposeThenActivate_PutsTheCandidateInUse()
    {
        var proposed = Made(TrustChanges.Propose(_bundle, "orders", Leaf(2), _now));
        var active = Made(TrustChanges.Activate(proposed, "orders", "v2", _now));

        Assert.Equal((Leaf(1), Leaf(2)), (proposed.Workload("orders")!.InUse!, proposed.Workload("orders")!.Candidate!));
        Assert.Equal((Leaf(2), null), (active.Workload("orders")!.InUse!, active.Workload("orders")!.Candidate));
        Assert.Equal(9, active.Sequence);
    }

    [Fact]
    public void ChangesThatAreThereAlready_AnswerTheSameBundle()
    {
        var proposed = Made(TrustChanges.Propose(_bundle, "orders", Leaf(2), _now));
        var active = Made(TrustChanges.Activate(proposed, "orders", "v2", _now));
        var trusted = Made(TrustChanges.AddRoot(_bundle, _new.Root, _now));
        var appointed = Made(TrustChanges.Appoint(trusted, _new.Root.Id, _now));
        var reinstated = Made(TrustChanges.Reinstate(appointed, _new.Root.Id, _old.Root.Id, _now));
        var removed = Made(TrustChanges.RemoveRoot(reinstated, _new.Root, _now));
        var refused = Made(TrustChanges.Refuse(_bundle, "0A", _now.AddDays(1), _now));

        Assert.Same(_bundle, TrustChanges.AddWorkload(_bundle, "orders", _now).Bundle);
        Assert.Same(proposed, TrustChanges.Propose(proposed, "orders", Leaf(2), _now).Bundle);
        Assert.Same(active, TrustChanges.Propose(active, "orders", Leaf(2), _now).Bundle);
        Assert.Same(active, TrustChanges.Activate(active, "orders", "v2", _now).Bundle);
        Assert.Same(_bundle, TrustChanges.Withdraw(_bundle, "orders", "v2", Leaf(1), _now).Bundle);
        Assert.Same(trusted, TrustChanges.AddRoot(trusted, _new.Root, _now).Bundle);
        Assert.Same(appointed, TrustChanges.Appoint(appointed, _new.Root.Id, _now).Bundle);
        Assert.Same(reinstated, TrustChanges.Reinstate(reinstated, _new.Root.Id, _old.Root.Id, _now).Bundle);
        Assert.Same(removed, TrustChanges.RemoveRoot(removed, _new.Root, _now).Bundle);
        Assert.Same(refused, TrustChanges.Refuse(refused, "0A", _now.AddDays(1), _now).Bundle);
    }

    [Fact]
    public void Propose_SignedByARootThatIsNotTrusted_IsRefused() =>
        Assert.Contains("not trusted", TrustChanges.Propose(_bundle, "orders", Leaf(2) with { Authority = _new.Root.Id }, _now).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Propose_RevokedOrExpired_IsRefused()
    {
        var revoking = Made(TrustChanges.Refuse(_bundle, Leaf(2).Serial, _now.AddDays(1), _now));

        Assert.Contains("revoked", TrustChanges.Propose(revoking, "orders", Leaf(2), _now).Refusal, StringComparison.Ordinal);
        Assert.Contains("expired", TrustChanges.Propose(_bundle, "orders", Leaf(2), Leaf(2).Expires).Refusal, StringComparison.Ordinal);
    }

    // What a dead rotation left must not stop the next one; what a later rotation does, no earlier one may undo.
    [Fact]
    public void Propose_WhileAnotherIsCandidate_ReplacesAnOlderAndYieldsToANewer()
    {
        var proposed = Made(TrustChanges.Propose(_bundle, "orders", Leaf(2), _now));
        var replaced = Made(TrustChanges.Propose(proposed, "orders", Leaf(3), _now));

        Assert.Equal("v3", replaced.Workload("orders")!.Candidate!.Version);
        Assert.Contains("v3", TrustChanges.Propose(replaced, "orders", Leaf(2), _now).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_OlderThanWhatIsInUse_IsRefused() =>
        Assert.Contains("newer", TrustChanges.Propose(_bundle, "orders", Leaf(0), _now).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Activate_NoCandidate_IsRefused()
    {
        Assert.NotNull(TrustChanges.Activate(_bundle, "orders", "v2", _now).Refusal);
        Assert.NotNull(TrustChanges.Activate(_bundle, "nobody", "v2", _now).Refusal);
    }

    [Fact]
    public void Activate_RevokedSinceItWasProposed_IsRefused()
    {
        var proposed = Made(TrustChanges.Propose(_bundle, "orders", Leaf(2), _now));
        var revoking = Made(TrustChanges.Refuse(proposed, Leaf(2).Serial, _now.AddDays(1), _now));

        Assert.Contains("revoked", TrustChanges.Activate(revoking, "orders", "v2", _now).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Withdraw_Candidate_LeavesWhatIsInUse()
    {
        var proposed = Made(TrustChanges.Propose(_bundle, "orders", Leaf(2), _now));

        var withdrawn = Made(TrustChanges.Withdraw(proposed, "orders", "v2", Leaf(1), _now)).Workload("orders")!;

        Assert.Equal((Leaf(1), null), (withdrawn.InUse!, withdrawn.Candidate));
    }

    [Fact]
    public void Withdraw_InUse_PutsTheOneBeforeInUse() =>
        Assert.Equal(Leaf(1), Made(TrustChanges.Withdraw(Active(), "orders", "v2", Leaf(1), _now)).Workload("orders")!.InUse);

    [Fact]
    public void Withdraw_WhereTheOneBeforeMayNotBeUsed_LeavesItInUse()
    {
        var active = Active();
        var revoking = Made(TrustChanges.Refuse(active, Leaf(1).Serial, _now.AddDays(1), _now));

        Assert.Same(revoking, TrustChanges.Withdraw(revoking, "orders", "v2", Leaf(1), _now).Bundle);
        Assert.Same(active, TrustChanges.Withdraw(active, "orders", "v2", Leaf(1), Leaf(1).Expires).Bundle);
        Assert.Same(active, TrustChanges.Withdraw(active, "orders", "v2", Leaf(1) with { Authority = _new.Root.Id }, _now).Bundle);
        Assert.Same(active, TrustChanges.Withdraw(active, "orders", "v2", null, _now).Bundle);
    }

    [Fact]
    public void Appoint_OnlyTheNewestRoot()
    {
        var trusted = Made(TrustChanges.AddRoot(_bundle, _new.Root, _now));

        Assert.Equal(_new.Root.Id, Made(TrustChanges.Appoint(trusted, _new.Root.Id, _now)).Authority);
        Assert.NotNull(TrustChanges.Appoint(_bundle, _new.Root.Id, _now).Refusal);
    }

    [Fact]
    public void Appoint_AfterItWasSetBack_IsRefused()
    {
        var trusted = Made(TrustChanges.AddRoot(_bundle, _new.Root, _now));
        var reinstated = Made(TrustChanges.Reinstate(trusted, _new.Root.Id, _old.Root.Id, _now));

        Assert.Equal(_old.Root.Id, reinstated.Authority);
        Assert.Contains("set back", TrustChanges.Appoint(reinstated, _new.Root.Id, _now).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void RemoveRoot_OfTheAuthorityOrOfALeaf_IsRefused()
    {
        var appointed = Made(TrustChanges.Appoint(Made(TrustChanges.AddRoot(_bundle, _new.Root, _now)), _new.Root.Id, _now));
        var candidate = appointed with { Workloads = [new() { Service = "echo", Candidate = Leaf(1) }] };

        Assert.Contains("authority", TrustChanges.RemoveRoot(_bundle, _old.Root, _now).Refusal, StringComparison.Ordinal);
        Assert.Contains("orders", TrustChanges.RemoveRoot(appointed, _old.Root, _now).Refusal, StringComparison.Ordinal);
        Assert.Contains("echo", TrustChanges.RemoveRoot(candidate, _old.Root, _now).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void RemoveRoot_TrustedOrNotYet_KeepsItOutForGood()
    {
        var trusted = Made(TrustChanges.AddRoot(_bundle, _new.Root, _now));

        foreach (var before in new[] { trusted, _bundle })
        {
            var removed = Made(TrustChanges.RemoveRoot(before, _new.Root, _now));

            Assert.Equal([_old.Root], removed.Roots);
            Assert.Contains("removed before", TrustChanges.AddRoot(removed, _new.Root, _now).Refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RemoveWorkload_WithAnythingThatMayBePresented_IsRefused()
    {
        var proposed = _bundle with { Workloads = [new() { Service = "orders", InUse = Leaf(1) with { Expires = _now }, Candidate = Leaf(2) }] };

        Assert.Contains("v1 of orders may be presented", TrustChanges.RemoveWorkload(_bundle, "orders", _now).Refusal, StringComparison.Ordinal);
        Assert.Contains("v2 of orders may be presented", TrustChanges.RemoveWorkload(proposed, "orders", _now).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void RemoveWorkload_ExpiredOrRevoked_LetsItsRootGo()
    {
        var moved = Made(TrustChanges.Appoint(Made(TrustChanges.AddRoot(_bundle, _new.Root, _now)), _new.Root.Id, _now));
        var (later, revoked) = (_now.AddDays(1), Made(TrustChanges.Refuse(moved, Leaf(1).Serial, Leaf(1).Expires, _now)));

        foreach (var (bundle, at) in new[] { (moved, later), (revoked, _now) })
        {
            Assert.NotNull(TrustChanges.RemoveRoot(bundle, _old.Root, at).Refusal);
            var removed = Made(TrustChanges.RemoveWorkload(bundle, "orders", at));

            Assert.Equal(["echo"], removed.Workloads.Select(workload => workload.Service));
            Assert.Same(removed, Made(TrustChanges.RemoveWorkload(removed, "orders", at)));
            Assert.Equal([_new.Root], Made(TrustChanges.RemoveRoot(removed, _old.Root, at)).Roots);
        }
    }

    private static TrustBundle Made(TrustChange change)
    {
        Assert.Null(change.Refusal);
        return change.Bundle!;
    }

    private TrustBundle Active() => Made(TrustChanges.Activate(Made(TrustChanges.Propose(_bundle, "orders", Leaf(2), _now)), "orders", "v2", _now));

    private LeafVersion Leaf(int number) => new()
    {
        Version = $"v{number}",
        Serial = $"{number:X2}",
        Authority = _old.Root.Id,
        Issued = _now.AddMinutes(number - 10),
        Expires = _now.AddDays(1),
    };
}
