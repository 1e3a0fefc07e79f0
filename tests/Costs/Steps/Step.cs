namespace Costs.Steps;

/// <summary>One thing that a request goes through.</summary>
/// <param name="Name">As the tables have it.</param>
/// <param name="Prepare">Everything that is done once, before requests come.</param>
internal sealed record Step(string Name, Func<PreparedStep> Prepare);

/// <summary>A step that is ready for requests.</summary>
/// <param name="Run">The step, once.</param>
/// <param name="Held">What goes with it.</param>
internal sealed record PreparedStep(Action Run, params IDisposable[] Held) : IDisposable
{
    public void Dispose() => Array.ForEach(Held, static one => one.Dispose());
}
