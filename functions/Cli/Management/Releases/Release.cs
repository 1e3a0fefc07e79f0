namespace Cli.Management.Releases;

/// <summary>A stored configuration, as the management API describes it.</summary>
internal sealed record Release
{
    /// <summary>The first 12 digits of the hash, as gw validate shows it.</summary>
    public required string Id { get; init; }

    public required string Hash { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset Stored { get; init; }

    /// <summary>True: instances serve it.</summary>
    public required bool Current { get; init; }

    /// <summary>When it became current last. Null: never, or long ago.</summary>
    public required DateTimeOffset? Activated { get; init; }

    public required string? By { get; init; }

    public required string? Note { get; init; }
}

/// <summary>A release and its text.</summary>
internal sealed record ReleaseContent(Release Release, string Text);

/// <summary>A move of the pointer. Its release is null where it went to the packaged file.</summary>
internal sealed record ReleaseMove(string? Release, DateTimeOffset At, string By, string? Note);

/// <summary>What a call made of the pointer. Null stands for the packaged file.</summary>
internal sealed record ReleaseMoved(string? Release, string? Replaced, bool Changed, DateTimeOffset At, string By, string? Note);

/// <summary>The releases, the current one first, and the moves between them, the newest first.</summary>
internal sealed record ReleaseList(ReleaseMove? Current, string? Previous, IReadOnlyList<Release> Releases, IReadOnlyList<ReleaseMove> Moves);
