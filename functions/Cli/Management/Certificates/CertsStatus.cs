using Cli.Terminals;
using static Cli.Terminals.Cells;

namespace Cli.Management.Certificates;

/// <summary>The state of the mesh as a sentence and tables that a person reads at a glance.</summary>
internal sealed class CertsStatus(MeshState state)
{
    private const int ShortId = 8;

    private readonly KnownSerials _serials = new(state);

    public void Write(Terminal terminal)
    {
        terminal.Line(Sentence());
        terminal.Rows(["Certificate", "Serial", "Expires", "Signed by", "Peers", "Rotation"], [.. state.Authorities.Select(Row), .. state.Workloads.Select(Row)]);

        var troubled = state.Peers.Where(peer => !peer.Acknowledged || peer.Problem is not null).ToList();
        if (troubled.Count > 0)
        {
            terminal.Rows(["Peer", "Acts on", "Heard of", "Serial", "Why"], troubled.Select(Row));
        }

        if (state.Refused.Count > 0)
        {
            terminal.Rows(["Refused", "Would expire"], state.Refused.Select(refused => new[] { Serial(refused.Serial), In(refused.Until) }));
        }
    }

    private string Sentence()
    {
        var (acting, all) = (state.Peers.Count(peer => peer.Acknowledged), state.Peers.Count);
        var peers = all == 0 ? "nobody acts on it yet" : $"{acting} of {all} {(all == 1 ? "peer acts" : "peers act")} on it";
        var colour = acting == all ? "green" : "red";
        return $"[bold]{Terminal.Escape(state.TrustDomain)}[/]: bundle {state.Sequence}, published {Ago(state.Issued)}; [{colour}]{peers}[/]";
    }

    private string[] Row(AuthorityState authority) =>
    [
        $"authority {Id(authority.Id)}{(authority.Signs ? "" : " [grey](trusted only)[/]")}",
        Serial(authority.Serial),
        Expires(authority.Issued, authority.Expires),
        "itself",
        Peers(state.Peers.Count(peer => peer.Acknowledged), state.Peers.Count),
        Progress(authority.Rotation),
    ];

    private string[] Row(WorkloadState workload) =>
    [
        Cell(workload.Service),
        Serial(workload.InUse?.Serial) + (workload.Candidate is { } candidate ? $", [yellow]trying {Serial(candidate.Serial)}[/]" : ""),
        workload.InUse is { } used ? Expires(used.Issued, used.Expires) : Cell(""),
        Id(workload.InUse?.Authority),
        Peers(workload.Acknowledged, workload.Peers),
        Progress(workload.Rotation),
    ];

    private string[] Row(PeerState peer) =>
    [
        Cell($"{peer.Service}/{peer.Instance}"),
        peer.Acknowledged ? $"{peer.Sequence}" : $"[red]{peer.Sequence} of {state.Sequence}[/]",
        Ago(peer.Heartbeat),
        Serial(peer.Serial),
        peer.Problem is null ? Cell("") : $"[red]{Terminal.Escape(peer.Problem)}[/]",
    ];

    private string Expires(DateTimeOffset issued, DateTimeOffset expires)
    {
        var (left, life) = (expires - state.At, expires - issued);
        return left <= TimeSpan.Zero ? $"[red]expired {Ago(expires)}[/]"
            : left < life / 10 ? $"[red]{In(expires)}[/]"
            : left < life / 3 ? $"[yellow]{In(expires)}[/]"
            : In(expires);
    }

    private string Progress(Rotation? rotation)
    {
        if (rotation is null)
        {
            return Cell("");
        }

        var detail = rotation.Detail is null ? "" : $": {Terminal.Escape(rotation.Detail)}";
        var finished = Ago(rotation.Finished ?? state.At);
        return rotation switch
        {
            { IsRunning: true } => $"[yellow]{Terminal.Escape(rotation.Step)}, {Durations.Age(rotation.Took(state.At))}{detail}[/]",
            { IsRolledBack: true } => $"[red]rolled back {finished}{detail}[/]",
            _ => $"{Cell(rotation.Outcome)} {finished}",
        };
    }

    private static string Peers(int acting, int all) => acting == all ? $"{acting}/{all}" : $"[red]{acting}/{all}[/]";

    private string Serial(string? serial) => Cell(serial is null ? null : _serials.Short(serial));

    private static string Id(string? id) => Cell(id is { Length: > ShortId } ? id[..ShortId] : id);

    private string Ago(DateTimeOffset moment) => $"{Durations.Age(state.At - moment)} ago";

    private string In(DateTimeOffset moment) => $"in {Durations.Age(moment - state.At)}";
}
