using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide.Peers;

/// <summary>A proxy that is compared.</summary>
/// <param name="Name">In tables and on the command line.</param>
/// <param name="Works">What it can do.</param>
/// <param name="IsManaged">True: it is compiled while it runs, and so becomes cheaper for a while.</param>
/// <param name="Prepare">Makes its configuration for a port, and says how to start it.</param>
internal sealed record Peer(string Name, IReadOnlyList<Work> Works, bool IsManaged, Func<Site, int, Command> Prepare)
{
    public static readonly Peer Ours = new("ours", Work.All, true, (site, port) => OursPeer.Prepare(site, port, OursPeer.Folder));

    public static readonly Peer OursJit = new("ours-jit", Work.All, true, (site, port) => OursPeer.Prepare(site, port, OursPeer.JitFolder));

    public static readonly Peer Yarp = new("yarp", Work.All, true, (site, port) => YarpPeer.Prepare(site, port, bare: false));

    public static readonly Peer Forwarder = new("forwarder", [Work.Plain, Work.MutualTls], true, (site, port) => YarpPeer.Prepare(site, port, bare: true));

    public static readonly Peer Haproxy = new("haproxy", Work.All, false, HaproxyPeer.Prepare);

    public static readonly Peer Nginx = new("nginx", [Work.Key, Work.Plain, Work.MutualTls], false, NginxPeer.Prepare);

    public static readonly IReadOnlyList<Peer> All = [Ours, OursJit, Yarp, Forwarder, Nginx, Haproxy];

    public override string ToString() => Name;
}
