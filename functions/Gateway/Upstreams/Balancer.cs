namespace Gateway.Upstreams;

/// <summary>Chooses one of a service's addresses.</summary>
internal sealed class Balancer(BalanceMode mode, IReadOnlyList<UpstreamUrl> urls, Random random)
{
    private uint _turn = uint.MaxValue;

    /// <summary>One that is in; of these, one that was not tried. Where all are out, all are in.</summary>
    public UpstreamUrl Choose(IReadOnlyCollection<UpstreamUrl> tried)
    {
        if (urls.Count == 1)
        {
            return urls[0];
        }

        var choices = urls.Where(url => !url.IsOut).ToArray();
        if (choices.Length == 0)
        {
            choices = [.. urls];
        }

        if (tried.Count > 0 && choices.Except(tried).ToArray() is { Length: > 0 } others)
        {
            choices = others;
        }

        return mode switch
        {
            BalanceMode.First => choices[0],
            BalanceMode.RoundRobin => choices[(int)(Interlocked.Increment(ref _turn) % (uint)choices.Length)],
            _ => LessBusy(choices),
        };
    }

    // Two at random and the better of them: nearly as even as the best of all, without the herd that the best attracts.
    private UpstreamUrl LessBusy(UpstreamUrl[] choices)
    {
        if (choices.Length == 1)
        {
            return choices[0];
        }

        var first = random.Next(choices.Length);
        var second = random.Next(choices.Length - 1);
        if (second >= first)
        {
            second++;
        }

        return choices[second].InFlight < choices[first].InFlight ? choices[second] : choices[first];
    }
}
