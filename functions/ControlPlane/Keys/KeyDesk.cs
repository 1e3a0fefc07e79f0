using ControlPlane.Consumers;
using ControlPlane.Storage;
using Records;

namespace ControlPlane.Keys;

/// <summary>Where keys are made, listed, rotated and revoked.</summary>
public sealed class KeyDesk
{
    /// <summary>How long a rotated key goes on unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(1);

    /// <summary>The longest overlap.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);

    // Two draws of the same id among 62^10 are already a wonder.
    private const int Draws = 3;

    private readonly IRecordStore<ConsumerRecord> _consumers;
    private readonly IRecordStore<KeyRecord> _keys;
    private readonly KeyUses _uses;
    private readonly KeyRing _ring;
    private readonly KeyMaker _maker;

    internal KeyDesk(IRecordStore<ConsumerRecord> consumers, IRecordStore<KeyRecord> keys, KeyUses uses, KeyRing ring, KeyMaker maker) =>
        (_consumers, _keys, _uses, _ring, _maker) = (consumers, keys, uses, ring, maker);

    /// <summary>Every key there is, by consumer and age.</summary>
    public async Task<IReadOnlyList<ListedKey>> ListAllAsync(CancellationToken cancellation)
    {
        var keys = new List<KeyRecord>();
        await foreach (var key in _keys.ListAsync(cancellation))
        {
            keys.Add(key);
        }

        var sorted = keys.OrderBy(key => key.Consumer, StringComparer.Ordinal).ThenBy(key => key.Created);
        return await _uses.AddLastUseToAllAsync([.. sorted], cancellation);
    }

    /// <summary>The keys of a consumer, oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<ListedKey>>> ListAsync(string consumer, CancellationToken cancellation)
    {
        if (await _consumers.FindAsync(consumer, cancellation) is not { } stored)
        {
            return ConsumerDesk.Missing(consumer);
        }

        return new(await _uses.AddLastUseAsync(await _ring.KeysOfAsync(stored.Record, cancellation), cancellation), null);
    }

    public async Task<Outcome<IssuedKey>> CreateAsync(string consumer, NewKey key, CancellationToken cancellation)
    {
        if ((FieldRules.Label(key.Label) ?? FieldRules.Scopes(key.Scopes) ?? _maker.CheckExpiry(key.Expires)) is { } refusal)
        {
            return refusal;
        }

        if (await _consumers.FindAsync(consumer, cancellation) is null)
        {
            return ConsumerDesk.Missing(consumer);
        }

        return await IssueAsync(consumer, key, null, cancellation);
    }

    /// <summary>
    /// Makes a second key like this one, its expiry included, and ends this one after the overlap. A key is rotated once: its successor
    /// is what is rotated next.
    /// </summary>
    public async Task<Outcome<IssuedKey>> RotateAsync(string id, TimeSpan overlap, CancellationToken cancellation)
    {
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
        {
            return FieldRules.Invalid($"overlapSeconds must be 0 to {LongestOverlap.TotalSeconds} ({LongestOverlap.TotalDays} days).");
        }

        if (await _keys.FindAsync(id, cancellation) is not { Record: var old })
        {
            return KeyRing.Missing(id);
        }

        if (_maker.CheckRotation(old) is { } refusal)
        {
            return refusal;
        }

        var issued = await IssueAsync(old.Consumer, new() { Label = old.Label, Scopes = old.Scopes, Expires = old.Expires, Kind = old.Kind }, id, cancellation);
        if (issued.Value is not { } successor)
        {
            return issued;
        }

        var ended = await _keys.ChangeAsync(id, KeyRing.Missing(id), key => _maker.End(key, successor.Record.Id, overlap), cancellation);
        return ended.Refusal is null ? successor : await _ring.TakeBackAsync(successor.Record, ended.Refusal, cancellation);
    }

    /// <inheritdoc cref="KeyRing.RevokeAsync"/>
    public Task<Outcome<KeyRecord>> RevokeAsync(string id, CancellationToken cancellation) => _ring.RevokeAsync(id, cancellation);

    private async Task<Outcome<IssuedKey>> IssueAsync(string consumer, NewKey key, string? replaces, CancellationToken cancellation)
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            var issued = await _maker.MakeAsync(consumer, key, cancellation);
            if (await _ring.TryStoreAsync(issued.Record, cancellation))
            {
                return await _ring.EnlistAsync(issued.Record, replaces, cancellation) is { } refusal ? refusal : issued;
            }
        }

        return RecordChange.Contended;
    }
}
