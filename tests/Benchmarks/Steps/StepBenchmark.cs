using BenchmarkDotNet.Attributes;
using Costs.Steps;

namespace Benchmarks;

/// <summary>What each step of a request costs: the same steps that the ceilings on allocated bytes hold.</summary>
public class StepBenchmark
{
    private PreparedStep _step = null!;

    public static IEnumerable<string> Steps => RequestSteps.All.Select(static step => step.Name);

    [ParamsSource(nameof(Steps))]
    public string Step { get; set; } = "";

    [GlobalSetup]
    public void SetUp() => _step = RequestSteps.All.Single(step => step.Name == Step).Prepare();

    [GlobalCleanup]
    public void CleanUp() => _step.Dispose();

    [Benchmark]
    public void Run() => _step.Run();
}
