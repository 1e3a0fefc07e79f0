using Mesh.Identities;
using Mesh.Verification;

namespace Mesh.Callers;

/// <summary>What is known of a request's caller. A request feature.</summary>
internal sealed class CallerState
{
    /// <summary>Null: nobody, or nobody that is taken.</summary>
    public VerifiedCaller? Caller { get; init; }

    /// <summary>Why the certificate is not taken. Null: it is, or there is none.</summary>
    public MeshRefusal? Refusal { get; init; }

    /// <summary>One sentence beside <see cref="Refusal"/>.</summary>
    public string? Detail { get; init; }

    /// <summary>True: in place of a certificate there was a header that nobody may send.</summary>
    public bool HadForgedHeader { get; init; }

    /// <summary>The service that the certificate names, also when it is not taken. A label of metrics.</summary>
    public required string Label { get; init; }

    /// <summary>A request is counted once, whoever judges it.</summary>
    public bool IsCounted { get; set; }
}

/// <summary>A caller whose certificate was taken.</summary>
internal sealed record VerifiedCaller(WorkloadId Id, string Serial) : IMeshCaller;
