using Records;

namespace ControlPlane.Keys;

/// <summary>A key to be made.</summary>
public sealed record NewKey
{
    /// <summary>What the operator calls it. Null: nothing.</summary>
    public string? Label { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>From when on the key is refused. Null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public ApiKeyKind Kind { get; init; }
}

/// <summary>A key that was just made: the one time that its text is there to be shown.</summary>
public sealed record IssuedKey(KeyRecord Record, ApiKeyText Text);

/// <summary>A key in a list.</summary>
/// <param name="LastUsed">The last day on which the gateway accepted it. Null: not seen yet.</param>
public sealed record ListedKey(KeyRecord Record, DateOnly? LastUsed);
