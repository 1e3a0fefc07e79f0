namespace Records.Trust;

/// <summary>What an instance of a service says of itself: which bundle it acts on, and what it found out.</summary>
public sealed record PeerReport
{
    /// <summary>Version of the document. Raised when a reader of the version before would misread it.</summary>
    public const int FormatVersion = 1;

    public required string Service { get; init; }

    /// <summary>Drawn at each start of a process.</summary>
    public required string Instance { get; init; }

    /// <summary>Sequence of the bundle that it acts on, in everything that it takes and makes. 0: none yet.</summary>
    public long Sequence { get; init; }

    /// <summary>When this was written, by the instance's own clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Serial of the certificate that it presents in new handshakes. Null: it has none.</summary>
    public string? Serial { get; init; }

    /// <summary>True: it ends TLS itself, so that others see its certificate.</summary>
    public bool Serves { get; init; }

    /// <summary>Services that it calls over mutual TLS, as far as it knows where they are: candidates are tried with all of these.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    /// <summary>What came of the candidates of the bundle that it acts on.</summary>
    public IReadOnlyList<CanaryResult> Canaries { get; init; } = [];
}
