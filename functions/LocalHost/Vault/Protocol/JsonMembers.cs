using System.Text.Json.Nodes;

namespace LocalHost.Vault.Protocol;

/// <summary>Members of a request's body by type: null where one is absent, refused where it is something else.</summary>
internal static class JsonMembers
{
    public static JsonObject? Child(this JsonObject parent, string name) => parent[name] switch
    {
        null => null,
        JsonObject child => child,
        _ => throw Wrong(name, "an object"),
    };

    public static string? Text(this JsonObject parent, string name) => Value<string>(parent, name, "a text");

    public static bool? Flag(this JsonObject parent, string name) => Optional<bool>(parent, name, "true or false");

    public static int? Number(this JsonObject parent, string name) => Optional<int>(parent, name, "a number");

    /// <summary>A time in seconds since 1970, as the protocol writes all of them.</summary>
    public static DateTimeOffset? Time(this JsonObject parent, string name) =>
        Optional<long>(parent, name, "a number of seconds") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static IReadOnlyList<string> Texts(this JsonObject parent, string name) => parent[name] switch
    {
        null => [],
        JsonArray items when items.All(item => item is JsonValue value && value.TryGetValue<string>(out _)) => [.. items.Select(item => item!.GetValue<string>())],
        _ => throw Wrong(name, "a list of texts"),
    };

    public static IReadOnlyDictionary<string, string>? Tags(this JsonObject parent) =>
        parent.Child("tags") is { } tags ? tags.ToDictionary(tag => tag.Key, tag => tags.Text(tag.Key) ?? "", StringComparer.Ordinal) : null;

    private static T? Optional<T>(JsonObject parent, string name, string what)
        where T : struct => parent[name] is null ? null : Value<T>(parent, name, what);

    private static T? Value<T>(JsonObject parent, string name, string what) => parent[name] switch
    {
        null => default,
        JsonValue value when value.TryGetValue<T>(out var read) => read,
        _ => throw Wrong(name, what),
    };

    private static VaultRefusal Wrong(string name, string what) => VaultRefusal.BadParameter($"Property {name} must be {what}.");
}
