namespace Gateway.Bodies;

/// <summary>What the request body may be.</summary>
public sealed record BodyConfig
{
    /// <summary>Largest body, with and without Content-Length. Unset: any size.</summary>
    public ByteSize? Max { get; init; }

    /// <summary>Media types that are accepted, parameters aside; "image/*" for a family. Empty: any.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
}
