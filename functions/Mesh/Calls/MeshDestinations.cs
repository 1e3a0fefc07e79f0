using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Mesh.Calls;

/// <summary>The services that this process calls now.</summary>
internal sealed class MeshDestinations(IEnumerable<MeshDestination> known)
{
    private readonly ConcurrentDictionary<string, Uri> _learnt = new(StringComparer.Ordinal);
    private ImmutableList<MeshDestination> _all = [.. known];

    public IReadOnlyList<MeshDestination> All => _all;

    /// <summary>The names of those whose address is known, each once.</summary>
    // Who waits until a certificate was tried with all of them would wait for the others for ever.
    public IReadOnlyList<string> Services => [.. _all.Where(destination => AddressesOf(destination).Any()).Select(destination => destination.Service).Distinct().Order(StringComparer.Ordinal)];

    // Two handlers of one service are two entries, so that one of them may go.
    public void Add(MeshDestination destination) => ImmutableInterlocked.Update(ref _all, (all, added) => all.Add(added), destination);

    public void Remove(MeshDestination destination) => ImmutableInterlocked.Update(ref _all, (all, removed) => all.Remove(removed), destination);

    /// <summary>Remembers where a service is reached of which nobody said it. The first address is enough to try out a certificate.</summary>
    public void Learn(MeshDestination destination, Uri address)
    {
        if (destination.Addresses.Count == 0 && !_learnt.ContainsKey(destination.Service))
        {
            _learnt.TryAdd(destination.Service, new(address.GetLeftPart(UriPartial.Authority)));
        }
    }

    public IEnumerable<Uri> AddressesOf(MeshDestination destination) =>
        destination.Addresses.Count > 0 ? destination.Addresses : _learnt.TryGetValue(destination.Service, out var learnt) ? [learnt] : [];
}
