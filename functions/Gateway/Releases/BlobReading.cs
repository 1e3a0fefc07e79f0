namespace Gateway.Releases;

/// <summary>What a read of a blob came to.</summary>
internal sealed record BlobReading(BlobOutcome Outcome)
{
    public static BlobReading Unchanged { get; } = new(BlobOutcome.Unchanged);

    public static BlobReading Missing { get; } = new(BlobOutcome.Missing);

    public static BlobReading TooLarge { get; } = new(BlobOutcome.TooLarge);

    /// <summary>What stands there, when it was read.</summary>
    public ReadOnlyMemory<byte> Content { get; private init; }

    /// <summary>Changes with the blob.</summary>
    public string? Tag { get; private init; }

    /// <summary>What the blob's metadata say of its format. Null: nothing.</summary>
    public string? Version { get; private init; }

    /// <summary>Why storage gave no answer.</summary>
    public Exception? Failure { get; private init; }

    public static BlobReading Of(ReadOnlyMemory<byte> content, string tag, string? version) => new(BlobOutcome.Read) { Content = content, Tag = tag, Version = version };

    public static BlobReading Failed(Exception failure) => new(BlobOutcome.Failed) { Failure = failure };
}
