using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Benchmarks;

/// <summary>Runs benchmarks on a machine that others use too.</summary>
internal static class ShortRuns
{
    /// <param name="rounds">How many.</param>
    /// <param name="milliseconds">How long each of them is.</param>
    public static Summary Of<TBenchmark>(int rounds, int milliseconds)
    {
        var summary = BenchmarkRunner.Run<TBenchmark>(Config(rounds, TimeInterval.FromMilliseconds(milliseconds)));
        return summary.Reports.All(static report => report.Success) ? summary : throw new InvalidOperationException("A benchmark failed; the lines above say how.");
    }

    // Short rounds: where others use the machine too, some of them are undisturbed.
    // In this process: another one would be built with none of the repository's settings.
    private static ManualConfig Config(int rounds, TimeInterval length) => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithEvaluateOverhead(false).WithGcForce(false).WithWarmupCount(20).WithIterationTime(length).WithIterationCount(rounds))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddColumn(StatisticColumn.Min, StatisticColumn.Median)
        .HideColumns(Column.RatioSD, Column.AllocRatio, Column.Gen0, Column.Error)
        .AddLogger(ConsoleLogger.Default)
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "benchmarks"));
}
