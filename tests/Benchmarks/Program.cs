using Benchmarks;

if (args is [var results, "scale"])
{
    await File.WriteAllTextAsync(Path.Combine(results, "scale.md"), ScalePage.Make());
    return;
}

var path = Path.Combine(args[0], "limits.md");
await File.WriteAllTextAsync(path, string.Join("\n\n", [ResultPage.Introduction, AdmitCosts.Measure(), RequestRates.Simulate(), await ColdKeys.SimulateAsync()]) + "\n");
Console.WriteLine($"Written: {path}");
