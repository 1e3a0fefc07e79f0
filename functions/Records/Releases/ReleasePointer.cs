namespace Records.Releases;

/// <summary>Which release serves: the one blob "current" of the container "releases", whose ETag guards every move.</summary>
public sealed record ReleasePointer
{
    /// <summary>Version of the document. Raised when a reader of the version before would misread it.</summary>
    public const int FormatVersion = 1;

    /// <summary>Name of the blob.</summary>
    public const string Blob = "current";

    /// <summary>So many moves are kept.</summary>
    public const int MostMoves = 50;

    /// <summary>Bytes of the longest document that is read.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>The last moves, the newest first: that one is what holds. Never empty.</summary>
    public required IReadOnlyList<ReleaseMove> Moves { get; init; }

    /// <summary>The move that holds.</summary>
    public ReleaseMove Last => Moves[0];

    /// <summary>The pointer after another move. The oldest moves are forgotten.</summary>
    public static ReleasePointer Moved(ReleasePointer? before, ReleaseMove move) => new() { Moves = [move, .. (before?.Moves ?? []).Take(MostMoves - 1)] };
}
