using ControlPlane.Storage;
using Records;

namespace ControlPlane.Keys;

/// <summary>Makes new keys and says how old ones end: what needs the clock and the pepper, but no storage.</summary>
internal sealed class KeyMaker(IPepperSource source, TimeProvider time)
{
    public async Task<IssuedKey> MakeAsync(string consumer, NewKey key, CancellationToken cancellation)
    {
        var peppers = await source.GetAsync(cancellation) ?? throw new StorageAwayException("The vault with the pepper cannot be reached.", null);
        var text = ApiKeyText.Create(key.Kind, peppers.Current);
        var record = new KeyRecord
        {
            Id = text.Id,
            Kind = key.Kind,
            Consumer = consumer,
            Label = key.Label,
            Scopes = key.Scopes,
            Created = time.Now(),
            Expires = key.Expires,
            PepperVersion = peppers.Current.Version,
            SecretHash = text.HashSecret(peppers.Current),
        };
        return new(record, text);
    }

    public Refusal? CheckExpiry(DateTimeOffset? expires) => expires <= time.GetUtcNow() ? FieldRules.Invalid("expires is not in the future.") : null;

    public Refusal? CheckRotation(KeyRecord key) =>
        key.Successor is { } successor ? Ended($"Key {key.Id} was rotated already; its successor is {successor}. Rotate that one.")
        : key.IsLive(time.GetUtcNow()) ? null
        : Ended($"Key {key.Id} is revoked or expired. Create a new one.");

    /// <summary>The key with its end set to the overlap from now, unless it ends before.</summary>
    public Outcome<KeyRecord> End(KeyRecord key, string successor, TimeSpan overlap)
    {
        if (CheckRotation(key) is { } refusal)
        {
            return refusal;
        }

        var end = time.Now() + overlap;
        return key with { Successor = successor, Expires = key.Expires < end ? key.Expires : end };
    }

    private static Refusal Ended(string detail) => new(RefusalReason.KeyEnded, detail);
}
