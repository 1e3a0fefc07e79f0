using Gateway.Configuration;
using System.Text.Json.Nodes;

namespace Gateway.Composition;

/// <summary>One part of a composed answer. A plain text is the call.</summary>
[Plain(nameof(Call))]
public sealed record ComposePartConfig
{
    /// <summary>METHOD service:/path, with {x} from the path, {query.x} {header.x} {claim.x} from the request, {parts.a.b} from another part.</summary>
    public required string Call { get; init; }

    /// <summary>A JSON body; texts in it may hold the same insertions. Unset: none.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>True: when this part fails it is null and listed in _errors. Default false: the whole answer fails.</summary>
    public bool Optional { get; init; }

    /// <summary>The part's own time-out; at most the route's. Unset: the route's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Largest answer of this part. Default 1MB.</summary>
    public ByteSize Max { get; init; } = ByteSize.FromMegabytes(1);
}
