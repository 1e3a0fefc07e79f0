namespace Gateway.Responding;

/// <summary>Send the client elsewhere.</summary>
public sealed record RedirectConfig
{
    /// <summary>Where to: a path or an absolute url, with insertions.</summary>
    public required string To { get; init; }

    /// <summary>301, 302, 303, 307 or 308. Default 302.</summary>
    public int Status { get; init; } = 302;
}
