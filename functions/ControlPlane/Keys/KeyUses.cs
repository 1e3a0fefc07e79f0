using ControlPlane.Storage;
using Records;

namespace ControlPlane.Keys;

/// <summary>Carries over the day of last use, which the front door notes.</summary>
internal sealed class KeyUses(IRecordStore<KeyUseRecord> uses)
{
    public async Task<IReadOnlyList<ListedKey>> AddLastUseAsync(IReadOnlyList<KeyRecord> keys, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(keys.Select(key => DayOfAsync(key.Id, cancellation)));
        return [.. keys.Zip(found, (key, day) => new ListedKey(key, day))];
    }

    /// <summary>The same for very many keys: one walk through the table.</summary>
    public async Task<IReadOnlyList<ListedKey>> AddLastUseToAllAsync(IReadOnlyList<KeyRecord> keys, CancellationToken cancellation)
    {
        var days = new Dictionary<string, DateOnly>();
        await foreach (var use in uses.ListAsync(cancellation))
        {
            days[use.KeyId] = use.Day;
        }

        return [.. keys.Select(key => new ListedKey(key, days.TryGetValue(key.Id, out var day) ? day : null))];
    }

    // A damaged note must not hide the key that it is about.
    private async Task<DateOnly?> DayOfAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return (await uses.FindAsync(id, cancellation))?.Record.Day;
        }
        catch (DamagedRecordException)
        {
            return null;
        }
    }
}
