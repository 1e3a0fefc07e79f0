using System.Diagnostics;
using System.Text;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Visits every state that can be reached, nearest first, so that the first counterexample is a shortest one.</summary>
internal sealed class Explorer(IModel model, bool ignoreFaults = false)
{
    private readonly List<byte[]> _keys = [];
    private readonly List<int> _parents = [];
    private readonly HashSet<byte[]> _seen = new(new KeyComparer());

    public Exploration Run(int mostStates = int.MaxValue)
    {
        var clock = Stopwatch.StartNew();
        var (at, counterexample) = (0, (string?)null);
        Add(model.Start, -1);
        for (; at < _keys.Count && counterexample is null && _keys.Count < mostStates; at++)
        {
            model.From(
                _keys[at],
                (_, key) => Add(key, at),
                fault => counterexample ??= ignoreFaults && fault.Contains("fault", StringComparison.Ordinal) ? null : fault);
        }

        return new(_keys.Count, at == _keys.Count, counterexample is null ? null : Trace(at - 1, counterexample), counterexample is null ? 0 : Depth(at - 1) + 1, clock.Elapsed);
    }

    private void Add(byte[] key, int parent)
    {
        if (_seen.Add(key))
        {
            _keys.Add(key);
            _parents.Add(parent);
        }
    }

    private int Depth(int at)
    {
        var depth = 0;
        for (; _parents[at] >= 0; at = _parents[at])
        {
            depth++;
        }

        return depth;
    }

    private string Trace(int at, string counterexample)
    {
        var path = new List<int>();
        for (var step = at; step >= 0; step = _parents[step])
        {
            path.Insert(0, step);
        }

        var text = new StringBuilder().AppendLine(model.Describe(_keys[0]));
        for (var step = 1; step < path.Count; step++)
        {
            var key = _keys[path[step]];
            var name = "?";
            model.From(_keys[path[step - 1]], (move, found) => name = found.AsSpan().SequenceEqual(key) ? move : name, _ => { });
            text.AppendLine($"{step}. {name}: {model.Describe(key)}");
        }

        return text.AppendLine($"{path.Count}. {counterexample}").ToString();
    }

    private sealed class KeyComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(byte[] key)
        {
            var hash = 14695981039346656037UL;
            foreach (var next in key)
            {
                hash = (hash ^ next) * 1099511628211UL;
            }

            return (int)(hash ^ (hash >> 32));
        }
    }
}

/// <summary>What an exploration found.</summary>
/// <param name="States">States visited.</param>
/// <param name="Complete">True: there are no others.</param>
/// <param name="Counterexample">The shortest way to break the promise, step by step. Null: none was found.</param>
/// <param name="Steps">How many steps it has.</param>
internal sealed record Exploration(int States, bool Complete, string? Counterexample, int Steps, TimeSpan Took);
