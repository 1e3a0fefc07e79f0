using System.Collections.Immutable;

namespace Mesh.Calls;

/// <summary>The services that this process calls now.</summary>
internal sealed class MeshDestinations(IEnumerable<MeshDestination> known)
{
    private ImmutableList<MeshDestination> _all = [.. known];

    public IReadOnlyList<MeshDestination> All => _all;

    /// <summary>Their names, each once.</summary>
    public IReadOnlyList<string> Services => [.. _all.Select(destination => destination.Service).Distinct().Order(StringComparer.Ordinal)];

    // Two handlers of one service are two entries, so that one of them may go.
    public void Add(MeshDestination destination) => ImmutableInterlocked.Update(ref _all, (all, added) => all.Add(added), destination);

    public void Remove(MeshDestination destination) => ImmutableInterlocked.Update(ref _all, (all, removed) => all.Remove(removed), destination);
}
