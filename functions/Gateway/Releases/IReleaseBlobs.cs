namespace Gateway.Releases;

/// <summary>Where releases and the pointer to them are read.</summary>
internal interface IReleaseBlobs
{
    /// <summary>Reads a blob whole, in bounded time. Never throws for what storage does.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tag">The tag with which it was read before: it is read only when it bears another. Null: in any case.</param>
    /// <param name="mostBytes">More are not read.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<BlobReading> ReadAsync(string name, string? tag, int mostBytes, CancellationToken cancellation);
}
