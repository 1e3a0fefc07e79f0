using System.Security.Cryptography.X509Certificates;
using Mesh.Canaries;
using Mesh.Membership;
using Mesh.Peers;
using Mesh.Tests.Leaves;
using Mesh.Tests.Peers;
using Mesh.Trust;
using Microsoft.Extensions.Logging.Abstractions;
using Records.Trust;

namespace Mesh.Tests.Membership;

/// <summary>A member of the mesh, of the service gateway, whose rounds the test turns.</summary>
internal sealed class MemberWorld : IDisposable
{
    public MemberWorld()
    {
        var instance = new PeerInstance("gateway", Serves: false);
        Canaries = new(instance, World.Trust, World.Destinations, new(World.Trust, new(new()), World.Time), new CanaryCalls(World.Handlers, World.Dial, World.Time), NullLogger<CanaryRounds>.Instance);
        Rounds = new(
            new(Peers, instance, World.Trust, World.Time, World.Time, World.Status, NullLogger<PeerReports>.Instance),
            World.Follower,
            new(World.Trust, new("gateway", new(Vault, World.Time, new Random(1), World.Status, NullLogger<Mesh.Leaves.LeafLoads>.Instance)), [World.Handlers, .. Followers], World.Status),
            Canaries,
            World.Trust,
            World.Destinations,
            World.Status);
    }

    public MeshWorld World { get; } = new();

    public MemoryPeers Peers { get; } = new();

    public MemoryVault Vault { get; } = new();

    public FakeFollower Follower { get; } = new();

    public CanaryRounds Canaries { get; }

    public MeshRounds Rounds { get; }

    private IActsOnTrust[] Followers => [Follower];

    public Task RoundAsync() => Rounds.RunAsync(TestContext.Current.CancellationToken);

    /// <summary>A version of a service's certificate; the gateway's own are put into its vault.</summary>
    public (X509Certificate2 Leaf, LeafVersion Version) Issue(string service, string version)
    {
        var (leaf, named) = World.Leaf(service, version);
        if (service == "gateway")
        {
            Vault.Put(version, leaf);
        }

        return (leaf, named);
    }

    public void Publish(long sequence, params Workload[] workloads) => World.Publish(sequence, bundle => bundle with { Workloads = workloads });

    public void Dispose() => World.Dispose();

    /// <summary>Something that lives longer than a handshake.</summary>
    internal sealed class FakeFollower : IActsOnTrust
    {
        public Action? Acting { get; set; }

        public void Act() => Acting?.Invoke();
    }
}
