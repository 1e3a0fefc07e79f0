using System.Diagnostics;
using System.Text;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>Visits every world that can be reached, nearest first, and looks whether each can still come to rest when nothing fails any more.</summary>
internal sealed class Search(RotationModel model)
{
    private readonly List<byte[]> _keys = [];
    private readonly List<int> _parents = [];
    private readonly Dictionary<byte[], int> _numbers = new(new KeyComparer());

    // Moves without failure: from, to.
    private readonly List<(int From, int To)> _good = [];

    public Found Run()
    {
        var clock = Stopwatch.StartNew();
        var (at, fault) = (0, (string?)null);
        Add(model.Start(), -1);
        for (; at < _keys.Count && fault is null; at++)
        {
            var from = at;
            model.From(
                _keys[at],
                (_, key, isGood) =>
                {
                    var to = Add(key, from);
                    if (isGood)
                    {
                        _good.Add((from, to));
                    }
                },
                broken => fault ??= broken);
        }

        var last = at - 1;
        if (fault is null && DeadEnd() is { } dead)
        {
            (last, fault) = (dead, "from here no rotation under way can come to its end");
        }

        return fault is null ? new(_keys.Count, null, 0, clock.Elapsed) : new(_keys.Count, Trace(last, fault), Path(last).Count, clock.Elapsed);
    }

    private int Add(byte[] key, int parent)
    {
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers[key] = number = _keys.Count;
            _keys.Add(key);
            _parents.Add(parent);
        }

        return number;
    }

    // The nearest world from which rest cannot be reached, or null.
    private int? DeadEnd()
    {
        var starts = new int[_keys.Count + 1];
        foreach (var (_, to) in _good)
        {
            starts[to + 1]++;
        }

        for (var number = 0; number < _keys.Count; number++)
        {
            starts[number + 1] += starts[number];
        }

        var (sources, filled) = (new int[_good.Count], (int[])starts.Clone());
        foreach (var (from, to) in _good)
        {
            sources[filled[to]++] = from;
        }

        var ends = new bool[_keys.Count];
        var open = new Stack<int>(Enumerable.Range(0, _keys.Count).Where(number => model.IsAtRest(_keys[number])));
        while (open.TryPop(out var number))
        {
            if (!ends[number])
            {
                ends[number] = true;
                for (var source = starts[number]; source < starts[number + 1]; source++)
                {
                    open.Push(sources[source]);
                }
            }
        }

        var dead = Array.IndexOf(ends, false);
        return dead < 0 ? null : dead;
    }

    private List<int> Path(int at)
    {
        var path = new List<int>();
        for (; at >= 0; at = _parents[at])
        {
            path.Insert(0, at);
        }

        return path;
    }

    private string Trace(int at, string fault)
    {
        var path = Path(at);
        var text = new StringBuilder().AppendLine(model.Describe(_keys[0]));
        for (var step = 1; step < path.Count; step++)
        {
            var key = _keys[path[step]];
            var name = "?";
            model.From(_keys[path[step - 1]], (move, found, _) => name = name == "?" && found.AsSpan().SequenceEqual(key) ? $"{move}" : name, _ => { });
            text.AppendLine($"{step}. {name}: {model.Describe(key)}");
        }

        return text.AppendLine($"{path.Count}. {fault}").ToString();
    }

    private sealed class KeyComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(byte[] key)
        {
            var hash = default(HashCode);
            hash.AddBytes(key);
            return hash.ToHashCode();
        }
    }
}

/// <summary>What a search found.</summary>
/// <param name="Worlds">Worlds visited.</param>
/// <param name="Counterexample">The shortest way to break a promise, step by step. Null: none was found.</param>
/// <param name="Steps">How many steps it has.</param>
internal sealed record Found(int Worlds, string? Counterexample, int Steps, TimeSpan Took);
