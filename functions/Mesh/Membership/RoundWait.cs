using Records.Trust;

namespace Mesh.Membership;

/// <summary>How long to wait until the next look at the bundles.</summary>
/// <param name="random">So that instances which started together do not stay together.</param>
internal sealed class RoundWait(Random random)
{
    private const double Jitter = 0.2;

    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(15);

    private TimeSpan _withoutBundle = _first;

    /// <param name="bundle">The last good one. Null: none yet, which is looked for sooner at first.</param>
    /// <param name="retryIn">When something else is due sooner.</param>
    public TimeSpan Next(TrustBundle? bundle, TimeSpan? retryIn)
    {
        var wait = (bundle?.Poll ?? Longer()) * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
        return retryIn < wait ? retryIn.Value : wait;
    }

    private TimeSpan Longer()
    {
        var wait = _withoutBundle;
        _withoutBundle = wait * 2 < _longest ? wait * 2 : _longest;
        return wait;
    }
}
