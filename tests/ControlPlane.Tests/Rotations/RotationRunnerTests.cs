using ControlPlane.Rotations;
using ControlPlane.Trust;
using ControlPlane.Vault;
using Records.Trust;

namespace ControlPlane.Tests.Rotations;

public sealed class RotationRunnerTests : IDisposable
{
    private static readonly VaultAwayException _away = new("The vault one.vault cannot be reached.", null);

    private readonly RunnerWorld _world = new();

    private FakeWork Work => _world.Work;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Leaf_IsRotatedStepByStep()
    {
        var outcome = await _world.RotateAsync();

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        Assert.Equal(["Issue", "Propose", "LookAtCanary", "Activate", "LookAtPeers", "LookAtDrain", "Retire"], Work.Calls.Distinct());
        Assert.Equal(_world.Options.LengthOf(Drain.Connections), new TimeSpan(_world.Time.Waits.Sum(wait => wait.Ticks)));
        Assert.Equal(("v2", "v1"), (Work.InUse!.Version, Assert.Single(Work.Disabled)));
        Assert.Null(await _world.RunningAsync());
        Assert.NotNull(Assert.Single(await _world.HistoryAsync()).Finished);
        Assert.Equal(["orders: rotated"], _world.Ended);
    }

    [Fact]
    public async Task Rotation_OfAnotherVersionOfItsProcedure_StaysAsItIsAndSaysSo()
    {
        await _world.Journal.BeginAsync("orders", "asked", RunnerWorld.Cancellation);
        var begun = (await _world.RunningAsync())!;
        await _world.Store.TryReplaceAsync(begun.Record with { Procedure = 99 }, begun.Tag, RunnerWorld.Cancellation);

        Assert.Null(await _world.Runner.ContinueAsync("orders"));

        Assert.Empty(Work.Calls);
        Assert.Equal(99, (await _world.RunningAsync())!.Record.Procedure);
        Assert.Contains(_world.Log.Lines, line => line.Contains("follows version 99 of its procedure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaf_TheFirstOne_DrainsAndRetiresNothing()
    {
        Work.Bundle = Work.Bundle with { Workloads = [new() { Service = "orders" }] };

        await _world.RotateAsync();

        Assert.Empty(_world.Time.Waits);
        Assert.Empty(Work.Disabled);
        Assert.Equal("v2", Work.InUse!.Version);
    }

    [Fact]
    public async Task Authority_IsReplaced()
    {
        var outcome = await _world.RotateAsync(RotationJournal.Authority);

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        var root = Assert.Single(Work.Bundle.Roots);
        Assert.Equal((root.Id, root.Id), (Work.Bundle.Authority, Work.InUse!.Authority));
        Assert.NotEqual(Work.First.Root.Id, root.Id);
        Assert.Contains(Work.First.Root.KeyVersion, Work.Disabled);
        Assert.Equal(["authority", "orders"], (await _world.HistoryAsync()).Select(record => record.Certificate).Order());
        Assert.Equal(["orders: rotated", "authority: rotated"], _world.Ended);
    }

    [Theory]
    [InlineData("orders", "Issue")]
    [InlineData("orders", "Propose")]
    [InlineData("orders", "Activate")]
    [InlineData("orders", "Retire")]
    [InlineData("authority", "Prepare")]
    [InlineData("authority", "TrustRoot")]
    [InlineData("authority", "Appoint")]
    [InlineData("authority", "LookAtLeaf")]
    [InlineData("authority", "RemoveRoot")]
    [InlineData("authority", "RetireKey")]
    public async Task Action_AwayForAWhile_IsTriedAgainAfterGrowingWaits(string certificate, string action)
    {
        Work.Fail(action, _away, times: 4);

        var outcome = await _world.RotateAsync(certificate);

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        Assert.Equal([1, 2, 4, 8], _world.Time.Waits.Where(wait => wait < TimeSpan.FromSeconds(60)).Select(wait => (int)wait.TotalSeconds));
    }

    [Theory]
    [InlineData("LookAtCanary")]
    [InlineData("LookAtPeers")]
    public async Task Look_AwayForAWhile_IsLookedAgain(string look)
    {
        Work.Fail(look, _away, times: 5);

        var outcome = await _world.RotateAsync();

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        Assert.Equal(5, _world.Time.Waits.Count(wait => wait == _world.Options.Look));
    }

    [Theory]
    [InlineData("Issue")]
    [InlineData("Propose")]
    [InlineData("Activate")]
    public async Task Leaf_ActionAwayBeyondThePatience_GoesBackAndSaysSo(string action)
    {
        Work.Fail(action, _away);

        var outcome = await _world.RotateAsync();

        Assert.Equal((RotationEnd.RolledBack, "It was tried again and again: The vault one.vault cannot be reached."), (outcome!.End, outcome.Reason));
        Assert.Equal(TimeSpan.FromMinutes(1), _world.Time.Waits.Max());
        Assert.InRange(new TimeSpan(_world.Time.Waits.Sum(wait => wait.Ticks)), _world.Options.StepPatience, _world.Options.StepPatience + TimeSpan.FromMinutes(1));
        Assert.Equal("v1", Work.InUse!.Version);
        Assert.Null(Work.Bundle.Workload("orders")!.Candidate);
        Assert.DoesNotContain("v1", Work.Disabled);
        Assert.Equal(["orders: rolled-back"], _world.Ended);
        Assert.Contains(_world.Log.Lines, line => line.Contains("was rolled back: It was tried again and again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Issue")]
    [InlineData("Propose")]
    [InlineData("Activate")]
    public async Task Leaf_ActionRefused_GoesBackAtOnce(string action)
    {
        Work.Fail(action, new StepFailedException("It must not be."));

        var outcome = await _world.RotateAsync();

        Assert.Equal((RotationEnd.RolledBack, "It must not be."), (outcome!.End, outcome.Reason));
        Assert.Empty(_world.Time.Waits);
        Assert.Equal(("v1", action == "Issue" ? 0 : 1), (Work.InUse!.Version, Work.Disabled.Count));
    }

    [Theory]
    [InlineData("Prepare")]
    [InlineData("TrustRoot")]
    [InlineData("Appoint")]
    public async Task Authority_ActionRefused_GoesBackToTheOldOne(string action)
    {
        Work.Fail(action, new StepFailedException("It must not be."));

        var outcome = await _world.RotateAsync(RotationJournal.Authority);

        Assert.Equal((RotationEnd.RolledBack, "It must not be."), (outcome!.End, outcome.Reason));
        Assert.Equal((Work.First.Root.Id, Work.First.Root.Id), (Work.Bundle.Authority, Assert.Single(Work.Bundle.Roots).Id));
        Assert.DoesNotContain(Work.First.Root.KeyVersion, Work.Disabled);
        Assert.Equal("v1", Work.InUse!.Version);
    }

    [Fact]
    public async Task Surprise_IsTriedAgainAndKeptOutOfTheHistory()
    {
        Work.Fail("Issue", new InvalidOperationException("Secret text."));

        var outcome = await _world.RotateAsync();

        Assert.Equal("It was tried again and again: Something unexpected failed (InvalidOperationException).", outcome!.Reason);
        Assert.DoesNotContain("Secret", (await _world.HistoryAsync())[0].Steps, StringComparison.Ordinal);
        Assert.Contains(_world.Log.Lines, line => line.Contains("Secret text.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Canary_Failed_GoesBackAtOnce()
    {
        Work.Canary = () => new(LookState.Failed, "The new certificate of orders did not work with echo: expired");

        var outcome = await _world.RotateAsync();

        Assert.Equal((RotationEnd.RolledBack, "The new certificate of orders did not work with echo: expired"), (outcome!.End, outcome.Reason));
        Assert.Equal(["Issue", "Propose", "LookAtCanary", "Withdraw", "LookAtPeers", "Discard"], Work.Calls);
        Assert.Equal(("v1", "v2"), (Work.InUse!.Version, Assert.Single(Work.Disabled)));
    }

    [Fact]
    public async Task Canary_NeverTried_GoesBackAfterItsPatience()
    {
        Work.Canary = () => new(LookState.Waiting, "an instance of orders to try it");

        var outcome = await _world.RotateAsync();

        Assert.Equal("The new certificate was not tried in time. It still waited for an instance of orders to try it.", outcome!.Reason);
        Assert.Equal(_world.Options.CanaryPatience, new TimeSpan(_world.Time.Waits.Sum(wait => wait.Ticks)));
    }

    [Fact]
    public async Task Peer_NeverActing_GoesBackAndLeavesTheNewOneEnabled()
    {
        Work.Peers = () => new(LookState.Waiting, "orders/a (at 2), instead of 3");

        var outcome = await _world.RotateAsync();

        Assert.Equal("Not every peer acted on the bundle in time. It still waited for orders/a (at 2), instead of 3.", outcome!.Reason);
        Assert.StartsWith("The new certificate is not disabled; it expires unused: Not every peer", Assert.Single(outcome.Remarks), StringComparison.Ordinal);
        Assert.Equal("v1", Work.InUse!.Version);
        Assert.Empty(Work.Disabled);
    }

    // Its own instances have nothing to acknowledge with, and an hour without a certificate would pass.
    [Theory]
    [InlineData("LookAtPeers")]
    [InlineData("LookAtDrain")]
    public async Task Leaf_RevokedWhileItIsWaited_GoesBackToTheOneBeforeSoon(string look)
    {
        RevokeAt(look, "02");

        var outcome = await _world.RotateAsync();

        Assert.Equal((RotationEnd.RolledBack, "02 was revoked."), (outcome!.End, outcome.Reason));
        Assert.Equal(("v1", "v2"), (Work.InUse!.Version, Assert.Single(Work.Disabled)));
        Assert.True(TotalWait() <= TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("LookAtPeers")]
    [InlineData("LookAtDrain")]
    public async Task Leaf_RevokedAfterTheOneBeforeWas_EndsSoonSoThatTheNextCanBegin(string look)
    {
        RevokeAt(look, "02", "01");

        var outcome = await _world.RotateAsync();

        Assert.Equal((RotationEnd.Rotated, "v2"), (outcome!.End, Work.InUse!.Version));
        Assert.True(TotalWait() <= TimeSpan.FromMinutes(1));
        Assert.Null(await _world.RunningAsync());
    }

    [Fact]
    public async Task Drain_OfWhatIsRevoked_EndsSoon()
    {
        RevokeAt("LookAtDrain", "01");

        var outcome = await _world.RotateAsync();

        Assert.Equal((RotationEnd.Rotated, "v1"), (outcome!.End, Assert.Single(Work.Disabled)));
        Assert.True(TotalWait() <= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Drain_WhileStorageIsAway_GoesOn()
    {
        Work.Fail("LookAtDrain", _away);

        Assert.Equal(RotationEnd.Rotated, (await _world.RotateAsync())!.End);
        Assert.Equal(_world.Options.LengthOf(Drain.Connections), TotalWait());
    }

    // An hour forward; then until the one before ends within an hour, and a minute at least.
    [Theory]
    [InlineData(90, 61)]
    [InlineData(150, 90)]
    [InlineData(600, 120)]
    public async Task WayBack_WhenTheOneBeforeEndsSoon_DoesNotHoldUpTheNext(int minutesLeft, int minutes)
    {
        Work.Bundle = Work.Bundle with { Workloads = [new() { Service = "orders", InUse = Work.InUse! with { Expires = _world.Time.GetUtcNow().AddMinutes(minutesLeft) } }] };
        Work.Peers = () => new(LookState.Waiting, "orders/a");

        var outcome = await _world.RotateAsync();

        Assert.Equal((RotationEnd.RolledBack, "v1"), (outcome!.End, Work.InUse!.Version));
        Assert.Equal(TimeSpan.FromMinutes(minutes), TotalWait());
    }

    [Fact]
    public async Task WayBack_OfTheFirstOne_DoesNotHoldUpTheNext()
    {
        Work.Bundle = Work.Bundle with { Workloads = [new() { Service = "orders" }] };
        Work.Canary = () => new(LookState.Failed, "It did not work.");
        Work.Peers = () => new(LookState.Waiting, "orders/a");

        await _world.RotateAsync();

        Assert.Equal(TimeSpan.FromMinutes(1), TotalWait());
    }

    [Theory]
    [InlineData("orders", "Retire")]
    [InlineData("authority", "RemoveRoot")]
    [InlineData("authority", "RetireKey")]
    public async Task Failure_WithNoWayBack_StaysAndIsTakenUpLater(string certificate, string action)
    {
        Work.Fail(action, new StepFailedException("It cannot be."));
        Assert.Null(await _world.RotateAsync(certificate));
        Assert.NotNull(await _world.RunningAsync(certificate));
        Assert.Contains(_world.Log.Lines, line => line.Contains("is tried again later", StringComparison.Ordinal) && line.Contains("It cannot be.", StringComparison.Ordinal));
        Assert.DoesNotContain(_world.Ended, end => end.StartsWith(certificate, StringComparison.Ordinal));
        Assert.Equal([$"{certificate}: {action}"], _world.Stuck);
        var issued = Work.Merged;

        Work.Heal(action);
        var outcome = await _world.Runner.ContinueAsync(certificate);

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        Assert.Equal(issued, Work.Merged);
    }

    [Fact]
    public async Task Continue_Nothing_IsNothing() => Assert.Null(await _world.Runner.ContinueAsync("orders"));

    [Fact]
    public async Task Start_WhileTheRunBeforeIsEnding_IsRun()
    {
        var over = new TaskCompletionSource();
        _world.Store.BeforeList = () =>
        {
            _world.Store.BeforeList = () =>
            {
                over.SetResult();
                return Task.CompletedTask;
            };
            return _world.Runner.StartAsync("orders", "asked", RunnerWorld.Cancellation);
        };

        await _world.RotateAsync();
        await over.Task.WaitAsync(RunnerWorld.Cancellation);

        Assert.Equal("v3", Work.InUse!.Version);
    }

    [Fact]
    public async Task StepOf_WhileItWaits_SaysForWhom()
    {
        StepUnderWay? seen = null;
        Work.Peers = () =>
        {
            var missing = seen is null;
            seen = _world.StepOf("orders");
            return missing ? new(LookState.Waiting, "orders/a") : new(LookState.Reached);
        };

        await _world.RotateAsync();

        Assert.Equal(("AwaitAck", "orders/a"), (seen!.Name, seen.Detail));
        Assert.Null(_world.StepOf("orders"));
    }

    [Theory]
    [InlineData("Issue")]
    [InlineData("Propose")]
    [InlineData("LookAtCanary")]
    [InlineData("Activate")]
    [InlineData("LookAtPeers")]
    [InlineData("Retire")]
    public async Task Runners_TwoOfOneRotation_EndItOnce(string meeting)
    {
        var other = _world.Another();
        var both = new Meeting();
        Work.Before = name => name == meeting ? both.ArriveAsync() : Task.CompletedTask;
        await _world.Journal.BeginAsync("orders", "asked", RunnerWorld.Cancellation);

        await Task.WhenAll(RunToTheEndAsync(_world.Runner), RunToTheEndAsync(other));

        Assert.Contains("orders: rotated", _world.Ended);
        Assert.Contains(_world.Log.Lines, line => line.Contains("was overtaken by another runner", StringComparison.Ordinal));
        Assert.Equal(("v2", 1), (Work.InUse!.Version, Work.Merged));
        Assert.Equal(3, Work.Bundle.Sequence);
        Assert.Single(await _world.HistoryAsync());
    }

    [Theory]
    [InlineData("Issue")]
    [InlineData("LookAtCanary")]
    [InlineData("Retire")]
    public async Task Stop_InTheMiddle_AnotherRunnerGoesOn(string action)
    {
        Work.Before = async name =>
        {
            if (name == action)
            {
                Work.Before = null;
                _ = _world.Runner.StopAsync();
                await Task.FromCanceled(new CancellationToken(canceled: true));
            }
        };
        Assert.Null(await _world.RotateAsync());
        Assert.NotNull(await _world.RunningAsync());

        var outcome = await _world.Another().ContinueAsync("orders");

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        Assert.Equal(1, Work.Merged);
        Assert.Equal(1, Work.Calls.Count(call => call == "Propose"));
    }

    [Fact]
    public async Task Stop_WhileItWaits_EndsTheWaitAndAnotherRunnerFinishesIt()
    {
        var waiting = new TaskCompletionSource();
        _world.Time.Meanwhile = _ =>
        {
            waiting.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        await _world.Runner.StartAsync("orders", "asked", RunnerWorld.Cancellation);
        await waiting.Task;

        await _world.Runner.StopAsync();
        Assert.Equal("AwaitAck", (await _world.RunningAsync())!.Steps[^1].Name);
        _world.Time.Meanwhile = null;

        Assert.Equal(RotationEnd.Rotated, (await _world.Another().ContinueAsync("orders"))!.End);
    }

    [Fact]
    public async Task Authority_WhileALeafRotates_WaitsForItAndRotatesItAgain()
    {
        var issued = new TaskCompletionSource();
        Work.Before = async name =>
        {
            if (name == "Propose")
            {
                issued.TrySetResult();
            }

            while (name == "LookAtCanary" && Work.Merged == 1 && _world.StepOf(RotationJournal.Authority)?.Name != "RotateLeaf")
            {
                await Task.Yield();
            }
        };
        await _world.Runner.StartAsync("orders", "due", RunnerWorld.Cancellation);
        await issued.Task;

        var outcome = await _world.RotateAsync(RotationJournal.Authority);

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        Assert.Equal(["asked", "authority", "due"], (await _world.HistoryAsync()).Select(record => record.Reason).Order());
        Assert.Equal((2, Work.Bundle.Authority), (Work.Merged, Work.InUse!.Authority));
    }

    [Fact]
    public async Task Authority_LeavesThatGoBackAgainAndAgain_GivesUp()
    {
        Work.Canary = () => new(LookState.Failed, "It does not work.");

        var outcome = await _world.RotateAsync(RotationJournal.Authority);

        Assert.Equal(RotationEnd.RolledBack, outcome!.End);
        Assert.EndsWith("its rotations went back 3 times.", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(_world.Options.LeafAttempts, _world.Ended.Count(end => end == "orders: rolled-back"));
        Assert.Equal((Work.First.Root.Id, "v1"), (Assert.Single(Work.Bundle.Roots).Id, Work.InUse!.Version));
        Assert.Contains("key 2", Work.Disabled);
    }

    // The root that it needs is trusted for as long as it can present anything.
    [Fact]
    public async Task Authority_WithAServiceThatHasLeft_WaitsUntilThatIsOutOfTheBundle()
    {
        var left = new Workload { Service = "left", InUse = Work.InUse! with { Version = "left1", Serial = "1F" } };
        Work.Bundle = Work.Bundle with { Workloads = [left, .. Work.Bundle.Workloads] };
        Work.Gone.Add("left");
        _world.Time.Meanwhile = _ =>
        {
            Assert.True(_world.Time.GetUtcNow() >= left.InUse!.Expires || Work.Bundle.Root(Work.First.Root.Id) is not null);
            var (removed, _) = TrustChanges.RemoveWorkload(Work.Bundle, "left", _world.Time.GetUtcNow());
            Work.Bundle = removed ?? Work.Bundle;
            return Task.CompletedTask;
        };

        var outcome = await _world.RotateAsync(RotationJournal.Authority);

        Assert.Equal((RotationEnd.Rotated, null), (outcome!.End, outcome.Reason));
        Assert.NotEqual(Work.First.Root.Id, Assert.Single(Work.Bundle.Roots).Id);
        Assert.Equal(["authority", "orders"], (await _world.HistoryAsync()).Select(record => record.Certificate).Order());
    }

    private TimeSpan TotalWait() => new(_world.Time.Waits.Sum(wait => wait.Ticks));

    // At the second look of this kind; the first look at peers finds that one is missing.
    private void RevokeAt(string look, params string[] serials)
    {
        var looks = 0;
        Work.Before = name =>
        {
            if (name == look && ++looks == 2)
            {
                Array.ForEach(serials, Work.Refuse);
            }

            return Task.CompletedTask;
        };
        Work.Peers = () => look == "LookAtPeers" && looks == 1 ? new(LookState.Waiting, "orders/a") : new(LookState.Reached);
    }

    // Who is overtaken takes it up again, as at the next tick.
    private async Task RunToTheEndAsync(RotationRunner runner)
    {
        while (await _world.RunningAsync() is not null)
        {
            await runner.ContinueAsync("orders");
        }
    }

    /// <summary>Where two wait for each other, once.</summary>
    private sealed class Meeting
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        public Task ArriveAsync()
        {
            if (Interlocked.Increment(ref _arrived) >= 2)
            {
                _both.TrySetResult();
            }

            return _both.Task;
        }
    }
}
