
namespace Benchmarks;

/// <summary>`scripts/bench limits`: what exact limits cost.</summary>
internal static class LimitsPage
{
    private const string Introduction = """
        # What exact limits cost

        Made by `scripts/bench limits`, which writes this page anew; nothing but this machine is used. Times are of a machine with two cores that were
        shared with other work: read them as orders of magnitude, and the ratios, bytes and counts as they are.
        """;

    public static async Task WriteAsync()
    {
        var path = Path.Combine(Clone.Results, "limits.md");
        await File.WriteAllTextAsync(path, string.Join("\n\n", [Introduction, AdmitCosts.Measure(), RequestRates.Simulate(), await ColdKeys.SimulateAsync()]) + "\n");
        Console.WriteLine($"Written: {path}");
    }
}
