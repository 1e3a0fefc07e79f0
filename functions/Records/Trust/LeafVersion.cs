namespace Records.Trust;

/// <summary>One version of a workload's certificate, as its vault holds it.</summary>
public sealed record LeafVersion
{
    /// <summary>Version of the certificate, and of the secret with its key, in the workload's vault.</summary>
    public required string Version { get; init; }

    /// <summary>Serial number (RFC 5280 §4.1.2.2), upper-case hexadecimal.</summary>
    public required string Serial { get; init; }

    /// <summary>Id of the root that signed it.</summary>
    public required string Authority { get; init; }

    /// <summary>When it was issued; it is valid from a while before that.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>Valid until.</summary>
    public required DateTimeOffset Expires { get; init; }
}
