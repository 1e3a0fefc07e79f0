using System.Security.Cryptography.X509Certificates;
using Mesh.Leaves;

namespace Mesh.Tests.Leaves;

/// <summary>A workload's vault in memory.</summary>
internal sealed class MemoryVault : ILeafVault
{
    private readonly Dictionary<string, X509Certificate2> _versions = [];

    public bool IsAway { get; set; }

    /// <summary>Versions that were asked for.</summary>
    public List<string> Asked { get; } = [];

    public void Put(string version, X509Certificate2 leaf) => _versions[version] = leaf;

    public Task<X509Certificate2> LoadAsync(string service, string version, CancellationToken cancellation)
    {
        Asked.Add(version);
        return !IsAway && _versions.TryGetValue(version, out var leaf) ? Task.FromResult(leaf) : throw new LeafUnavailableException($"No {version} of {service}, says the test.");
    }
}
