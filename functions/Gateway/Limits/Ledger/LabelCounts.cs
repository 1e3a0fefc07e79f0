using Records;

namespace Gateway.Limits.Ledger;

/// <summary>Counts by label while a commit is computed; labels ascending. Few of them change, so an ordered list is enough.</summary>
internal sealed class LabelCounts(IReadOnlyList<LabelCount> before)
{
    private readonly List<LabelCount> _counts = [.. before];

    public long Sum
    {
        get
        {
            var sum = 0L;
            foreach (var entry in _counts)
            {
                sum += entry.Count;
            }

            return sum;
        }
    }

    public bool HasNegative
    {
        get
        {
            foreach (var entry in _counts)
            {
                if (entry.Count < 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The lowest label; the longest number where there is none.</summary>
    public long Lowest => _counts.Count == 0 ? long.MaxValue : _counts[0].Label;

    public void Add(long label, long count)
    {
        var at = _counts.Count;
        while (at > 0 && _counts[at - 1].Label > label)
        {
            at--;
        }

        if (at > 0 && _counts[at - 1].Label == label)
        {
            _counts[at - 1] = new(label, _counts[at - 1].Count + count);
        }
        else if (count != 0)
        {
            _counts.Insert(at, new(label, count));
        }
    }

    public void DropBelow(long label)
    {
        var below = 0;
        while (below < _counts.Count && _counts[below].Label < label)
        {
            below++;
        }

        _counts.RemoveRange(0, below);
    }

    public LabelCount[] ToArray()
    {
        _counts.RemoveAll(static entry => entry.Count == 0);
        return [.. _counts];
    }
}
