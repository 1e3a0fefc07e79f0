namespace LocalHost.Tests.Rotations;

/// <summary>When a process dies: at one of the moments just before and just after its calls that change something.</summary>
/// <param name="moment">Which of them, the first is 1. Null: it lives.</param>
internal sealed class Mortality(int? moment)
{
    private int _moments;

    public bool IsDead { get; private set; }

    /// <summary>Makes sure that nobody tries again.</summary>
    public Action? Dying { get; set; }

    public void Pass(bool isMoment)
    {
        if (isMoment && Interlocked.Increment(ref _moments) == moment)
        {
            IsDead = true;
            Dying?.Invoke();
        }

        if (IsDead)
        {
            throw new OperationCanceledException("This process is dead.");
        }
    }
}
