namespace Gateway.Configuration;

/// <summary>One mistake in a configuration.</summary>
/// <param name="Path">Where, as keys from the root: ["apis", "shop", "routes", "list", "forward"]; list items by their index.</param>
/// <param name="Problem">What is wrong, as a sentence.</param>
/// <param name="Mend">What to do, as a sentence.</param>
public sealed record ConfigError(IReadOnlyList<string> Path, string Problem, string Mend)
{
    /// <summary>The file's name as given. Filled in by the loader.</summary>
    public string File { get; init; } = "";

    /// <summary>Line, from 1. Filled in by the loader from the nearest place that the path names.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1.</summary>
    public int Column { get; init; }

    /// <summary>True: the language has this, and this version does not execute it yet.</summary>
    public bool NotSupportedYet { get; init; }

    /// <summary>True: the last key of the path is what is wrong, not its value.</summary>
    public bool AtKey { get; init; }

    /// <summary>True: wrong by itself, whatever mistakes stand below it.</summary>
    internal bool IsOfItsOwn { get; init; }

    public override string ToString() => $"{File}:{Line}:{Column}: {(Path.Count == 0 ? "" : string.Join('.', Path) + ": ")}{Problem} {Mend}";
}
