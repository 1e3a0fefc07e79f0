using System.Collections.Concurrent;
using System.Threading.Channels;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>Remembers on which day each key was used, once a key and day; <see cref="LastUseWriter"/> carries it to storage.</summary>
internal sealed class LastUseNotes(TimeProvider time)
{
    // Beyond this many keys a day, or notes in the queue, some are written twice or not at all: it is a hint, not a ledger.
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<string, DateOnly> _noted = new(StringComparer.Ordinal);

    private readonly Channel<KeyUseRecord> _queue = Channel.CreateBounded<KeyUseRecord>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Notes waiting to be written.</summary>
    public ChannelReader<KeyUseRecord> Waiting => _queue.Reader;

    /// <summary>Never waits, never fails.</summary>
    public void Note(string keyId)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        if (_noted.TryGetValue(keyId, out var day) && day == today)
        {
            return;
        }

        if (_noted.Count >= Capacity)
        {
            _noted.Clear();
        }

        _noted[keyId] = today;
        _queue.Writer.TryWrite(new() { KeyId = keyId, Day = today });
    }

    /// <summary>What could not be written is noted again with the key's next use.</summary>
    public void Forget(KeyUseRecord use) => _noted.TryRemove(new(use.KeyId, use.Day));
}
