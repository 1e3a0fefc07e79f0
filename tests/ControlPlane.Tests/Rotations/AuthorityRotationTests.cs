using ControlPlane.Rotations;

namespace ControlPlane.Tests.Rotations;

public sealed class AuthorityRotationTests
{
    private static readonly string[] _forward =
    [
        "Prepare", "TrustRoot new", "AwaitAck 11",
        "Appoint new", "RotateLeaf echo new", "RotateLeaf orders new", "AwaitAck 14", "AwaitDrain Leaves",
        "RemoveRoot old", "AwaitAck 15", "RetireKey old",
    ];

    [Fact]
    public async Task Run_NothingFails_ReadsLikeThePage()
    {
        var steps = new ScriptedSteps();

        var outcome = await RunAsync(steps);

        Assert.Equal(_forward, steps.Done);
        Assert.Equal(RotationEnd.Rotated, outcome.End);
    }

    [Fact]
    public async Task Run_NothingPrepared_GivesUpTheKey()
    {
        var steps = new ScriptedSteps("Prepare");

        var outcome = await RunAsync(steps);

        Assert.Equal(["Prepare", "DiscardKey"], steps.Done);
        Assert.Equal((RotationEnd.RolledBack, "Prepare failed."), (outcome.End, outcome.Reason));
    }

    [Theory]
    [InlineData("TrustRoot new")]
    [InlineData("AwaitAck 11")]
    public async Task Run_FailsBeforeTheAppointment_RemovesTheNewRoot(string failing)
    {
        var steps = new ScriptedSteps(failing);

        var outcome = await RunAsync(steps);

        Assert.Equal([.. _forward.TakeWhile(step => step != failing), failing, "RemoveRoot new", "DiscardKey"], steps.Done);
        Assert.Equal(RotationEnd.RolledBack, outcome.End);
    }

    [Theory]
    [InlineData("Appoint new")]
    [InlineData("RotateLeaf echo new")]
    [InlineData("RotateLeaf orders new")]
    [InlineData("AwaitAck 14")]
    public async Task Run_FailsFromTheAppointmentOn_MovesTheLeavesBackFirst(string failing)
    {
        var steps = new ScriptedSteps(failing);

        var outcome = await RunAsync(steps);

        var back = steps.Done.SkipWhile(step => step != failing).Skip(1).Where(step => !step.StartsWith("AwaitAck", StringComparison.Ordinal));
        Assert.Equal(["Reinstate old", "RotateLeaf echo old", "RotateLeaf orders old", "AwaitDrain Leaves", "RemoveRoot new", "DiscardKey"], back);
        Assert.Equal((RotationEnd.RolledBack, $"{failing} failed."), (outcome.End, outcome.Reason));
    }

    [Theory]
    [InlineData("RemoveRoot old")]
    [InlineData("AwaitAck 15")]
    [InlineData("RetireKey old")]
    [InlineData("Appoint new", "Reinstate old")]
    [InlineData("Appoint new", "RotateLeaf orders old")]
    [InlineData("AwaitAck 11", "RemoveRoot new")]
    public Task Run_WhereThereIsNoWayBack_LetsTheFailureThrough(params string[] failing) =>
        Assert.ThrowsAsync<StepFailedException>(() => RunAsync(new(failing)));

    private static Task<RotationOutcome> RunAsync(ScriptedSteps steps) => AuthorityRotation.RunAsync(steps, new("mesh.authority-1"));
}
