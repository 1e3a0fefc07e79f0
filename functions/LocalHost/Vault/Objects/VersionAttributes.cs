using System.Text.Json.Nodes;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Objects;

/// <summary>What the protocol says about a version of any kind, and what a caller may change of it.</summary>
internal static class VersionAttributes
{
    private const int RecoverableDays = 90;

    public static TimeSpan RecoverableFor => TimeSpan.FromDays(RecoverableDays);

    public static JsonObject Of(StoredVersion version)
    {
        var attributes = new JsonObject
        {
            ["enabled"] = version.Enabled,
            ["created"] = version.Created.ToUnixTimeSeconds(),
            ["updated"] = version.Updated.ToUnixTimeSeconds(),
            ["recoveryLevel"] = "Recoverable+Purgeable",
            ["recoverableDays"] = RecoverableDays,
        };
        if (version.NotBefore is { } begins)
        {
            attributes["nbf"] = begins.ToUnixTimeSeconds();
        }

        if (version.Expires is { } ends)
        {
            attributes["exp"] = ends.ToUnixTimeSeconds();
        }

        return attributes;
    }

    public static JsonObject TagsOf(StoredVersion version) =>
        [.. version.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))];

    /// <summary>The version with the attributes and tags that the body names; what it does not name stays.</summary>
    public static TVersion Apply<TVersion>(TVersion version, JsonObject body)
        where TVersion : StoredVersion
    {
        var attributes = body.Child("attributes") ?? [];
        return (TVersion)((StoredVersion)version with
        {
            Enabled = attributes.Flag("enabled") ?? version.Enabled,
            NotBefore = attributes.Time("nbf") ?? version.NotBefore,
            Expires = attributes.Time("exp") ?? version.Expires,
            Tags = body.Tags() ?? version.Tags,
        });
    }
}
