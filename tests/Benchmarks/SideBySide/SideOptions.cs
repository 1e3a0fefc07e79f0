using Benchmarks.SideBySide.Peers;

namespace Benchmarks.SideBySide;

/// <summary>What the command line asks for.</summary>
internal sealed record SideOptions
{
    public bool IsShort { get; init; }

    public IReadOnlyList<Work> Works { get; init; } = Work.All;

    public IReadOnlyList<Peer> Peers { get; init; } = Peer.All;

    public SidePlan Plan => IsShort ? SidePlan.Short : SidePlan.Full;

    /// <summary>True: everything, which a result that is kept must be.</summary>
    public bool IsWhole => Works.Count == Work.All.Count && Peers.Contains(Peer.Ours) && Peers.Contains(Peer.Yarp);

    /// <exception cref="BenchFailure">With what can be written.</exception>
    public static SideOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SideOptions();
        if (arguments.Contains("--short"))
        {
            options = options with { IsShort = true, Peers = [Peer.Ours, Peer.OursJit, Peer.Yarp, Peer.Haproxy] };
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--short" => options,
                "--only" when i + 1 < arguments.Count => options with { Works = Chosen(arguments[++i], Work.All, static work => work.Name) },
                "--peers" when i + 1 < arguments.Count => options with { Peers = Chosen(arguments[++i], Peer.All, static peer => peer.Name) },
                var unknown => throw new BenchFailure($"\"{unknown}\" is not known. Use --short, --only A,B,C,C-each,D and --peers ours,yarp,forwarder,nginx,haproxy."),
            };
        }

        return options;
    }

    private static List<T> Chosen<T>(string text, IReadOnlyList<T> all, Func<T, string> name)
    {
        var names = text.Split(',');
        var unknown = names.Except(all.Select(name), StringComparer.OrdinalIgnoreCase).ToList();
        return unknown.Count == 0
            ? [.. all.Where(one => names.Contains(name(one), StringComparer.OrdinalIgnoreCase))]
            : throw new BenchFailure($"\"{unknown[0]}\" is none of {string.Join(", ", all.Select(name))}.");
    }
}
