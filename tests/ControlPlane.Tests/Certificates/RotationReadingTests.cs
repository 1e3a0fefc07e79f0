using ControlPlane.Certificates;
using ControlPlane.Rotations;
using Records.Trust;
using RotationOutcome = ControlPlane.Certificates.RotationOutcome;

namespace ControlPlane.Tests.Certificates;

public sealed class RotationReadingTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_OneThatHasJustBegun_IsAtItsStart()
    {
        var state = RotationReading.Of(Record([]), null, withSteps: true);

        Assert.Equal((RotationOutcome.Running, "Start", null), (state.Outcome, state.Step, state.Detail));
        Assert.Empty(state.Steps!);
    }

    [Fact]
    public void Of_OneUnderWay_TellsWhenEachStepBeganAndWhomItWaitsFor()
    {
        var state = RotationReading.Of(Record([Step("Issue", 4), Step("Propose", 7)]), new("AwaitCanary", At(8), "orders/a"), withSteps: true);

        Assert.Equal([("Issue", At(0)), ("Propose", At(4)), ("AwaitCanary", At(8))], state.Steps!.Select(step => (step.Name, step.At)));
        Assert.Equal(("AwaitCanary", "orders/a"), (state.Step, state.Detail));
    }

    [Fact]
    public void Of_OneThatAnotherProcessRuns_IsAtTheLastStepThatWasKept()
    {
        var state = RotationReading.Of(Record([Step("Issue", 4)]), null, withSteps: false);

        Assert.Equal(("Issue", null, null), (state.Step, state.Detail, state.Steps));
    }

    [Fact]
    public void Of_OneThatWentBack_SaysWhyAtItsStepAndAltogether()
    {
        var outcome = """{"end":"RolledBack","reason":"It failed.","remarks":["Something is left."]}""";

        var state = RotationReading.Of(Record([Step("Issue", 4, "It failed."), Step("Discard", 5)]) with { Finished = At(6), Outcome = outcome }, null, withSteps: true);

        Assert.Equal((RotationOutcome.RolledBack, "It failed. Something is left."), (state.Outcome, state.Detail));
        Assert.Equal(["It failed.", null], state.Steps!.Select(step => step.Detail));
    }

    [Fact]
    public void Of_OneThatIsOver_IsNotUnderWay()
    {
        var record = Record([Step("Issue", 4)]) with { Finished = At(6), Outcome = """{"end":"Rotated","reason":null,"remarks":[]}""" };

        var state = RotationReading.Of(record, new("Issue", At(7), "the next one's"), withSteps: true);

        Assert.Equal((RotationOutcome.Rotated, null, 1), (state.Outcome, state.Detail, state.Steps!.Count));
    }

    [Theory]
    [InlineData(RotationReason.Due, "due")]
    [InlineData(RotationReason.Asked, "asked")]
    [InlineData(RotationReason.Revoked, "revoked")]
    [InlineData(RotationReason.Authority, "authority")]
    internal void Word_IsReadBack(RotationReason reason, string word)
    {
        Assert.Equal(word, RotationReading.Word(reason));
        Assert.Equal(reason, RotationReading.Of(Record([]) with { Reason = word }, null, withSteps: false).Reason);
    }

    [Fact]
    public void IssuedIn_NothingYetOrFailed_IsNothing()
    {
        Assert.Null(RotationReading.IssuedIn(Record([])));
        Assert.Null(RotationReading.IssuedIn(Record([Step("Issue", 1, "It failed.")])));
    }

    private static DateTimeOffset At(int seconds) => _start.AddSeconds(seconds);

    private static FinishedStep Step(string name, int seconds, string? failure = null) => new(name, "orders", failure is null ? "true" : null, failure, At(seconds));

    private static RotationRecord Record(IReadOnlyList<FinishedStep> steps) => new()
    {
        Id = "orders.1.abcdef",
        Certificate = "orders",
        Reason = "due",
        Started = _start,
        Steps = System.Text.Json.JsonSerializer.Serialize(steps, RotationJson.Default.IReadOnlyListFinishedStep),
    };
}
