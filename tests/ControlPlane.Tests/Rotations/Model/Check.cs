namespace ControlPlane.Tests.Rotations.Model;

/// <summary>What is asserted of a model. When a number changes, a procedure or the model changed: see which, then write the new one.</summary>
internal static class Check
{
    public static void Holds(Bounds bounds, int worlds)
    {
        var found = new Search(new(bounds, new())).Run();

        Assert.True(found.Counterexample is null, found.Counterexample);
        Assert.True(worlds == found.Worlds, $"{found.Worlds} worlds in {found.Took.TotalSeconds:F1} s");
    }

    /// <summary>A promise breaks, and no sooner than after these steps. Returns how.</summary>
    public static string Breaks(Bounds bounds, Conduct mutant, int steps)
    {
        var found = new Search(new(bounds, mutant)).Run();

        Assert.True(found.Counterexample is not null, $"Nothing in {found.Worlds} worlds.");
        Assert.True(steps == found.Steps, $"{found.Steps} steps after {found.Worlds} worlds:\n{found.Counterexample}");
        return found.Counterexample;
    }

    public static void OnlyWhenSoaking() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SOAK") == "1", "Takes minutes: set SOAK=1.");
}
