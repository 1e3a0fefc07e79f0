namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>What is asserted of a model. When a number changes, the conduct or the model changed: see which, then write the new one.</summary>
internal static class Check
{
    /// <summary>The promise holds in every state, and these are as many as ever.</summary>
    public static void Holds(IModel model, int states)
    {
        var found = new Explorer(model).Run();

        Assert.True(found.Counterexample is null, found.Counterexample);
        Assert.True(states == found.States, $"{found.States} states in {found.Took.TotalSeconds:F1} s");
    }

    /// <summary>The promise breaks, and no sooner than after these steps. Returns how.</summary>
    public static string Breaks(IModel model, int steps, bool ignoreFaults = false)
    {
        var found = new Explorer(model, ignoreFaults).Run();

        Assert.True(found.Counterexample is not null, $"Nothing in {found.States} states.");
        Assert.True(steps == found.Steps, $"{found.Steps} steps after {found.States} states:\n{found.Counterexample}");
        return found.Counterexample;
    }

    public static void OnlyWhenSoaking() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SOAK") == "1", "Takes minutes: set SOAK=1.");
}
