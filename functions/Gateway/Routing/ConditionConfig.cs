using Gateway.Configuration;

namespace Gateway.Routing;

/// <summary>A condition on a value: a plain text is equality. Exactly one of the members is set.</summary>
[Plain(nameof(EqualTo))]
public sealed record ConditionConfig
{
    /// <summary>The value is this text.</summary>
    [NoKey]
    [AnyScalar]
    public string? EqualTo { get; init; }

    /// <summary>The value begins with this text.</summary>
    [AnyScalar]
    public string? Prefix { get; init; }

    /// <summary>The value contains this text.</summary>
    [AnyScalar]
    public string? Contains { get; init; }

    /// <summary>True: the value is there; false: it is not.</summary>
    public bool? Exists { get; init; }

    /// <summary>The opposite of this condition.</summary>
    public ConditionConfig? Not { get; init; }
}
