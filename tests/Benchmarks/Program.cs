using Benchmarks;

if (args is [var results, "steps"])
{
    await StepCosts.WriteAsync(results);
    return;
}

var path = Path.Combine(args[0], "limits.md");
await File.WriteAllTextAsync(path, string.Join("\n\n", [ResultPage.Introduction, AdmitCosts.Measure(), RequestRates.Simulate(), await ColdKeys.SimulateAsync()]) + "\n");
Console.WriteLine($"Written: {path}");
