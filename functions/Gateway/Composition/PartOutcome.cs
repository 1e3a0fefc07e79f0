using System.Text.Json;

namespace Gateway.Composition;

/// <summary>What became of a part: JSON as the service wrote it, or a failure.</summary>
internal sealed record PartOutcome(ReadOnlyMemory<byte> Json, PartFailure? Failure)
{
    /// <summary>The JSON parsed, where another part uses values of it.</summary>
    public JsonElement Value { get; init; }

    public static PartOutcome Failed(PartFailureReason reason, int? status = null) => new(default, new PartFailure(reason, status));
}
