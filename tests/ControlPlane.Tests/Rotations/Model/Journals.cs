using ControlPlane.Rotations;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>Every journal that was reached, numbered from 1, with where the real procedure stands after it.</summary>
internal sealed class Journals(Conduct conduct)
{
    // A result that begins so is a failure.
    private const char FailureMark = '!';

    private readonly List<Known> _known = [new(0, 0, [], new(null, null))];
    private readonly Dictionary<(int, int), int> _roots = [];
    private readonly Dictionary<(int, int), int> _after = [];
    private readonly List<string> _results = [""];
    private readonly Dictionary<string, int> _numbers = [];

    public Known this[int journal] => _known[journal];

    /// <summary>The empty journal of a run's rotation.</summary>
    public int Begin(int run, int number)
    {
        if (!_roots.TryGetValue((run, number), out var journal))
        {
            _roots[(run, number)] = journal = Add(run, number, []);
        }

        return journal;
    }

    public int ResultOf(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers[text] = number = _results.Count;
            _results.Add(text);
        }

        return number;
    }

    public int FailureOf(string reason) => ResultOf(FailureMark + reason);

    /// <summary>The journal with its next step finished so.</summary>
    public int After(int journal, int result)
    {
        if (!_after.TryGetValue((journal, result), out var after))
        {
            var (known, text) = (_known[journal], _results[result]);
            var step = text[0] == FailureMark ? known.Point.Next!.Failed(text[1..], Bundles.Now) : known.Point.Next!.Done(text, Bundles.Now);
            _after[(journal, result)] = after = Add(known.Run, known.Number, [.. known.Steps, step]);
        }

        return after;
    }

    private int Add(int run, int number, FinishedStep[] steps)
    {
        _known.Add(new(run, number, steps, Replay.To(all => conduct.RunAsync(all, run, number), steps)));
        return _known.Count - 1;
    }

    /// <summary>A journal.</summary>
    internal sealed record Known(int Run, int Number, FinishedStep[] Steps, RotationPoint Point)
    {
        public bool IsWaiting { get; } = Point.Next?.Name is "AwaitCanary" or "AwaitAck" or "AwaitDrain" or "RotateLeaf";

        public bool IsStuck => Point is { Next: null, Outcome: null };

        /// <summary>Name of the last step that is finished.</summary>
        public string? Last => Steps.Length == 0 ? null : Steps[^1].Name;

        public override string ToString() => $"{Conduct.IdOf(Run, Number)} {(Point.Next is { } next ? $"{next.Name} {next.Subject}" : $"{Point.Outcome?.End}")}";
    }
}
