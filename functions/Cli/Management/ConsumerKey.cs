using System.Text.Json.Serialization;

namespace Cli.Management;

/// <summary>An API key as the management API describes it.</summary>
internal sealed record ConsumerKey
{
    public required string Id { get; init; }

    /// <summary>How the key's text begins.</summary>
    public string? Prefix { get; init; }

    public required string Consumer { get; init; }

    public string? Label { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? Revoked { get; init; }

    /// <summary>A day.</summary>
    public string? LastUsed { get; init; }

    /// <summary>The text of the key: only in the answer that made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }
}

/// <summary>All keys, or those of one consumer.</summary>
internal sealed record KeyList(IReadOnlyList<ConsumerKey> Keys);
