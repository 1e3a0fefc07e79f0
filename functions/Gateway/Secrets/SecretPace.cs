namespace Gateway.Secrets;

/// <summary>How long until a secret is read again.</summary>
/// <param name="refresh">Of one that could be read.</param>
/// <param name="random">So that instances which started together do not stay together.</param>
internal sealed class SecretPace(TimeSpan refresh, Random random)
{
    // Nobody waits longer for a secret than its refresh takes, so jitter only shortens.
    private const double Jitter = 0.2;

    private const int MostDoublings = 5;

    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);

    /// <param name="failures">Readings in a row that failed.</param>
    public TimeSpan After(int failures)
    {
        var retry = _first * (1 << Math.Clamp(failures - 1, 0, MostDoublings));
        return (failures == 0 || retry > refresh ? refresh : retry) * (1 - (Jitter * random.NextDouble()));
    }
}
