using System.Diagnostics;
using System.Reflection;
using Costs.Steps;
using Gateway;

namespace Costs;

/// <summary>
/// No step of a request allocates more than its ceiling: bytes are counted, not timed, so that no noise of the machine decides.
/// With PIN=1 the ceilings are written anew instead.
/// </summary>
public sealed class AllocatedBytesTests
{
    private static readonly IReadOnlyDictionary<string, long> _ceilings = Environment.GetEnvironmentVariable("PIN") == "1" ? Pin() : Ceilings.Read();

    private static readonly bool _isDebug = typeof(GatewayPipeline).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    public static TheoryData<string> Steps => [.. RequestSteps.All.Select(static step => step.Name)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_Allocates_NoMoreThanItsCeiling(string name)
    {
        Assert.SkipWhen(_isDebug, "Counted in release builds: others allocate more.");
        var ceiling = _ceilings.GetValueOrDefault(name);

        var measured = Measure(RequestSteps.All.Single(step => step.Name == name));

        Assert.True(measured <= ceiling, $"{name}: {measured} bytes, and at most {ceiling} are allowed (tests/Costs/ceilings.md).");
    }

    [Fact]
    public void Ceilings_NameEveryStep_AndNothingElse() =>
        Assert.Equal(RequestSteps.All.Select(static step => step.Name), _ceilings.Keys);

    private static IReadOnlyDictionary<string, long> Pin()
    {
        Ceilings.Write(RequestSteps.All.Select(static step => (step.Name, Measure(step))));
        return Ceilings.Read();
    }

    private static long Measure(Steps.Step step)
    {
        using var prepared = step.Prepare();
        return AllocatedBytes.Of(prepared.Run);
    }
}
