namespace Records.Releases;

/// <summary>One move of the pointer: from then on this is what instances serve.</summary>
public sealed record ReleaseMove
{
    /// <summary>Drawn for each move: after an answer that was lost it tells whether the move was made.</summary>
    public required string Id { get; init; }

    /// <summary>The release's hash. Null: none, so that the file that each instance was deployed with serves.</summary>
    public string? Release { get; init; }

    /// <summary>When, in whole seconds; later than every move before, so that instances can tell the newer of two settings.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who moved it, as the management API knows its callers; never a credential.</summary>
    public required string By { get; init; }

    /// <summary>Why, in the operator's words. Null: nothing was said.</summary>
    public string? Note { get; init; }
}
