using ControlPlane.Rotations;

namespace ControlPlane.Tests.Rotations;

public sealed class LeafRotationTests
{
    private static readonly string[] _forward = ["Issue", "Propose v2", "AwaitCanary 11", "Activate v2", "AwaitAck 12", "AwaitDrain Connections", "Retire v1"];

    [Fact]
    public async Task Run_NothingFails_ReadsLikeThePage()
    {
        var steps = new ScriptedSteps();

        var outcome = await RunAsync(steps);

        Assert.Equal(_forward, steps.Done);
        Assert.Equal((RotationEnd.Rotated, null), (outcome.End, outcome.Reason));
        Assert.Equal(["nobody was there"], outcome.Remarks);
    }

    [Fact]
    public async Task Run_TheFirstCertificate_DrainsAndRetiresNothing()
    {
        var steps = new ScriptedSteps { Old = null };

        await RunAsync(steps);

        Assert.Equal(_forward[..^2], steps.Done);
    }

    [Theory]
    [InlineData("Propose v2")]
    [InlineData("AwaitCanary 11")]
    [InlineData("Activate v2")]
    [InlineData("AwaitAck 12")]
    [InlineData("AwaitDrain Connections")]
    public async Task Run_AStepFails_GoesBackAndDisablesTheNewOne(string failing)
    {
        var steps = new ScriptedSteps(failing);

        var outcome = await RunAsync(steps);

        string[] back = ["Withdraw v2 for v1", $"AwaitAck {11 + steps.Done.Count(step => step is "Propose v2" or "Activate v2")}", "Discard"];
        Assert.Equal([.. _forward.TakeWhile(step => step != failing), failing, .. back], steps.Done);
        Assert.Equal((RotationEnd.RolledBack, $"{failing} failed."), (outcome.End, outcome.Reason));
        Assert.Empty(outcome.Remarks);
    }

    [Fact]
    public async Task Run_NothingIssued_HasNothingToWithdraw()
    {
        var steps = new ScriptedSteps("Issue");

        var outcome = await RunAsync(steps);

        Assert.Equal(["Issue", "Discard"], steps.Done);
        Assert.Equal(RotationEnd.RolledBack, outcome.End);
    }

    [Theory]
    [InlineData("AwaitAck 13")]
    [InlineData("Discard")]
    public async Task Run_TidyingUpFailsOnTheWayBack_IsOnlyARemark(string failing)
    {
        var outcome = await RunAsync(new("AwaitAck 12", failing));

        Assert.Equal(RotationEnd.RolledBack, outcome.End);
        Assert.Contains($"{failing} failed.", Assert.Single(outcome.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TheOneBeforeMayNotBeUsedAnyMore_KeepsTheNewOne()
    {
        var steps = new ScriptedSteps("AwaitAck 12") { AfterWithdrawal = ScriptedSteps.Leaf("v2") };

        var outcome = await RunAsync(steps);

        Assert.Equal("Withdraw v2 for v1", steps.Done[^1]);
        Assert.Equal(RotationEnd.Rotated, outcome.End);
        Assert.Contains("AwaitAck 12 failed.", Assert.Single(outcome.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retire v1")]
    [InlineData("AwaitCanary 11", "Withdraw v2 for v1")]
    public Task Run_WhereThereIsNoWayBack_LetsTheFailureThrough(params string[] failing) =>
        Assert.ThrowsAsync<StepFailedException>(() => RunAsync(new(failing)));

    private static Task<RotationOutcome> RunAsync(ScriptedSteps steps) => LeafRotation.RunAsync(steps, new("orders-1", "orders"));
}
