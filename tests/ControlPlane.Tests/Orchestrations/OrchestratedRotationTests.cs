using System.Text.RegularExpressions;
using ControlPlane.Orchestrations;
using ControlPlane.Rotations;
using ControlPlane.Tests.Rotations;
using ControlPlane.Vault;

namespace ControlPlane.Tests.Orchestrations;

public sealed partial class OrchestratedRotationTests : IDisposable
{
    private static readonly VaultAwayException _away = new("The vault one.vault cannot be reached.", null);

    private static readonly Dictionary<string, Action<FakeWork>> _turns = new()
    {
        ["fine"] = _ => { },
        ["first"] = work => work.Bundle = work.Bundle with { Workloads = [new() { Service = "orders" }] },
        ["canary fails"] = work => work.Canary = () => new(LookState.Failed, "It did not work."),
        ["canary is never tried"] = work => work.Canary = () => new(LookState.Waiting, "an instance"),
        ["peer never acts"] = work => work.Peers = () => new(LookState.Waiting, "orders/a"),
        ["issue refused"] = work => work.Fail("Issue", new StepFailedException("It must not be.")),
        ["activate refused"] = work => work.Fail("Activate", new StepFailedException("It must not be.")),
        ["prepare refused"] = work => work.Fail("Prepare", new StepFailedException("It must not be.")),
        ["trust refused"] = work => work.Fail("TrustRoot", new StepFailedException("It must not be.")),
        ["appoint refused"] = work => work.Fail("Appoint", new StepFailedException("It must not be.")),
        ["retire refused once"] = work => work.Fail("Retire", new StepFailedException("It must not be."), times: 1),
        ["removal refused"] = work => work.Fail("RemoveRoot", new StepFailedException("It must not be.")),
        ["issue away for a while"] = work => work.Fail("Issue", _away, times: 3),
        ["issue away"] = work => work.Fail("Issue", _away),
        ["looks away for a while"] = work => work.Fail("LookAtPeers", _away, times: 4),
        ["revoked before peers act"] = work => RevokeAt(work, "LookAtPeers", "02"),
        ["revoked while it drains"] = work => RevokeAt(work, "LookAtDrain", "02"),
        ["revoked twice while it drains"] = work => RevokeAt(work, "LookAtDrain", "01", "02"),
        ["old one revoked while it drains"] = work => RevokeAt(work, "LookAtDrain", "01"),
        ["surprise"] = work => work.Fail("Propose", new InvalidOperationException("Secret text.")),
    };

    private readonly RunnerWorld _world = new();

    public static TheoryData<string, string> Turns =>
    [
        .. from turn in _turns.Keys
           from certificate in new[] { "orders", RotationJournal.Authority }
           select (turn, certificate),
    ];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Turns))]
    public async Task Orchestration_TakesTheStepsThatTheRunnerTakes(string turn, string certificate)
    {
        using var process = new RunnerWorld();
        _turns[turn](process.Work);
        _turns[turn](_world.Work);

        var inProcess = await process.RotateAsync(certificate);
        var orchestrated = await RotateAsync(new(_world), certificate);

        Assert.Equal(inProcess is null, orchestrated is null);
        Assert.Equal((inProcess?.End, WithoutIds(inProcess?.Reason)), (orchestrated?.End, WithoutIds(orchestrated?.Reason)));
        Assert.Equal(await StepsAsync(process), await StepsAsync(_world));
        Assert.Equal(process.Ended, _world.Ended);
        Assert.Equal(process.Stuck.Distinct(), _world.Stuck.Distinct());
        Assert.Equal(process.Work.InUse?.Version, _world.Work.InUse?.Version);
        Assert.Equal(process.Work.Disabled.Count, _world.Work.Disabled.Count);
    }

    [Fact]
    public async Task Surprise_StaysOutOfTheEnginesHistory()
    {
        _world.Work.Fail("Issue", new InvalidOperationException("Secret text."));
        var engine = new FakeOrchestration(_world);

        await RotateAsync(engine, "orders");

        Assert.NotEmpty(engine.History);
        Assert.DoesNotContain(engine.History, line => line.Contains("Secret", StringComparison.Ordinal));
        Assert.Contains(_world.Log.Lines, line => line.Contains("Secret text.", StringComparison.Ordinal));
    }

    // The engine dies around each of its activities in turn; another instance takes the rotation up, as the timer does.
    [Theory]
    [InlineData("orders", true)]
    [InlineData("orders", false)]
    [InlineData(RotationJournal.Authority, true)]
    [InlineData(RotationJournal.Authority, false)]
    public async Task Orchestration_ThatDied_GoesOnWhereTheJournalEnds(string certificate, bool before)
    {
        for (var at = 1; ; at++)
        {
            using var world = new RunnerWorld();
            var activities = 0;
            var dying = new FakeOrchestration(world);
            void Die(string activity)
            {
                if (++activities == at)
                {
                    throw new InvalidOperationException("The host is gone.");
                }
            }

            if (before)
            {
                dying.Before = Die;
            }
            else
            {
                dying.After = Die;
            }

            await world.Journal.BeginAsync(certificate, "asked", RunnerWorld.Cancellation);
            await Record.ExceptionAsync(() => RunAsync(dying, world, certificate));
            await RunAsync(new(world), world, certificate);

            Assert.Null(await world.RunningAsync(certificate));
            Assert.Equal("v2", world.Work.InUse!.Version);
            Assert.Equal(1, world.Work.Merged);
            Assert.Equal(certificate == "orders" ? ["v1"] : ["v1", world.Work.First.Root.KeyVersion], world.Work.Disabled.OrderDescending());
            if (activities < at)
            {
                Assert.True(at > 10);
                return;
            }
        }
    }

    [Fact]
    public async Task Order_OfAnotherVersion_IsLeftAlone()
    {
        var (record, _) = await _world.Journal.BeginAsync("orders", "asked", RunnerWorld.Cancellation);
        var engine = new FakeOrchestration(_world);

        Assert.Null(await OrchestratedRotation.RunAsync(engine, new(record.Id, "orders", 99, _world.Options)));

        Assert.Empty(engine.History);
        Assert.Equal(["the release that has version 99 of its procedure; this one has 1"], engine.Told);
    }

    [Fact]
    public async Task Orchestration_OfARotationThatIsOver_DoesNothing()
    {
        var first = await RotateAsync(new(_world), "orders");
        var (over, engine) = ((await _world.HistoryAsync())[0], new FakeOrchestration(_world));
        var calls = _world.Work.Calls.Count;

        await OrchestratedRotation.RunAsync(engine, new(over.Id, "orders", 1, _world.Options));

        Assert.Equal(RotationEnd.Rotated, first!.End);
        Assert.Equal("v2", _world.Work.InUse!.Version);
        Assert.Single(await _world.HistoryAsync());
        Assert.Equal(calls, _world.Work.Calls.Count);
    }

    private async Task<RotationOutcome?> RotateAsync(FakeOrchestration engine, string certificate)
    {
        await _world.Journal.BeginAsync(certificate, "asked", RunnerWorld.Cancellation);
        return await RunAsync(engine, _world, certificate);
    }

    private static async Task<RotationOutcome?> RunAsync(FakeOrchestration engine, RunnerWorld world, string certificate) =>
        await world.RunningAsync(certificate) is { Record: var record }
            ? await OrchestratedRotation.RunAsync(engine, new(record.Id, record.Certificate, record.Procedure, world.Options))
            : null;

    private static async Task<IReadOnlyList<string>> StepsAsync(RunnerWorld world) =>
    [
        .. (from record in await world.HistoryAsync()
            let steps = RotationJournal.StepsOf(record).Select(step => $"{step.Name} {WithoutIds(step.Failure)}")
            select $"{record.Certificate} {record.Reason}: {string.Join(", ", steps)}").Order(),
    ];

    private static void RevokeAt(FakeWork work, string look, params string[] serials) => work.Before = name =>
    {
        if (name == look)
        {
            Array.ForEach(serials, work.Refuse);
        }

        return Task.CompletedTask;
    };

    private static string WithoutIds(string? text) => Ids().Replace(text ?? "", "…");

    [GeneratedRegex("[0-9A-Fa-f]{16,}")]
    private static partial Regex Ids();
}
