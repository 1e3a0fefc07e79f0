using Gateway.Configuration;

namespace Gateway.Authentication;

/// <summary>Values that must be there: a text or a list means all of them, { any: […] } means at least one.</summary>
[Plain(nameof(All))]
public sealed record RequirementConfig
{
    /// <summary>Every one of these.</summary>
    [AnyScalar]
    public IReadOnlyList<string> All { get; init; } = [];

    /// <summary>At least one of these. Empty: no such demand.</summary>
    [AnyScalar]
    public IReadOnlyList<string> Any { get; init; } = [];
}
