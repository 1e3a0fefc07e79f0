using System.Collections.Concurrent;

namespace Gateway.Storage;

/// <summary>
/// A bounded map. When it is full, a hand goes round: an entry that was used since it last came by gets a second chance, another one goes.
/// Looking up takes no lock.
/// </summary>
internal sealed class ClockMap<TValue>(int capacity)
    where TValue : class
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly Queue<string> _hand = new();
    private readonly Lock _lock = new();

    public int Count => _slots.Count;

    public TValue? Find(ReadOnlySpan<char> key)
    {
        if (!_slots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var slot))
        {
            return null;
        }

        slot.IsUsed = true;
        return slot.Value;
    }

    public void Set(string key, TValue value)
    {
        if (_slots.TryGetValue(key, out var slot))
        {
            slot.Value = value;
            return;
        }

        lock (_lock)
        {
            if (_slots.TryGetValue(key, out slot))
            {
                slot.Value = value;
                return;
            }

            while (_hand.Count >= capacity)
            {
                Advance();
            }

            _slots[key] = new() { Value = value };
            _hand.Enqueue(key);
        }
    }

    /// <summary>Forgets the value. Its place is freed when the hand comes by: each place has one entry in the hand's round.</summary>
    public void Clear(string key)
    {
        if (_slots.TryGetValue(key, out var slot))
        {
            slot.Value = null;
        }
    }

    private void Advance()
    {
        var key = _hand.Dequeue();
        var slot = _slots[key];
        if (slot.IsUsed && slot.Value is not null)
        {
            slot.IsUsed = false;
            _hand.Enqueue(key);
        }
        else
        {
            _slots.TryRemove(key, out _);
        }
    }

    private sealed class Slot
    {
        public volatile TValue? Value;
        public volatile bool IsUsed;
    }
}
