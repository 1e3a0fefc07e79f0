using Benchmarks.SideBySide;

namespace Benchmarks;

/// <summary>Something that scripts/bench measures.</summary>
/// <param name="Name">Its first argument.</param>
/// <param name="Summary">What it tells, and how long it takes.</param>
/// <param name="RunAsync">Given the other arguments.</param>
internal sealed record Measurement(string Name, string Summary, Func<IReadOnlyList<string>, CancellationToken, Task> RunAsync)
{
    public static readonly IReadOnlyList<Measurement> All =
    [
        new("limits", "what exact limits cost (5 minutes)", (_, _) => LimitsPage.WriteAsync()),
        new("steps", "what each step of a request costs, without sockets (2 minutes)", (_, _) => StepCosts.WriteAsync(Clone.Results)),
        new("scale", "the model of a fleet against the simulator (4 minutes)", (_, _) => ScalePage.WriteAsync()),
        new("side", "our gateway beside YARP, HAProxy and nginx (25 minutes; --short: 5)", SideCommand.RunAsync),
    ];
}
