using System.Text.Json.Serialization;

namespace LocalHost.Vault.Objects;

/// <summary>Something that a vault keeps under a name, with all its versions.</summary>
internal abstract record StoredObject<TVersion>
    where TVersion : StoredVersion
{
    public required string Name { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TVersion> Versions { get; init; } = [];

    /// <summary>When it was deleted; until it is purged its name stays taken.</summary>
    public DateTimeOffset? Deleted { get; init; }

    [JsonIgnore]
    public TVersion? Latest => Versions.Count > 0 ? Versions[^1] : null;

    public TVersion? this[string? version] => version is null ? Latest : Versions.FirstOrDefault(one => string.Equals(one.Version, version, StringComparison.OrdinalIgnoreCase));
}
