using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlPlane.Tests.Management;

/// <summary>Checks JSON against the few words of JSON Schema 2020-12 that the description uses.</summary>
internal static class JsonShape
{
    public static IEnumerable<string> Faults(JsonNode? value, JsonNode schema, Func<JsonNode, JsonNode> resolve, string path = "$")
    {
        schema = resolve(schema);
        if (schema["type"] is { } type && !Types(type).Contains(TypeOf(value)))
        {
            return [$"{path} is {TypeOf(value)}, not {type.ToJsonString()}"];
        }

        return value switch
        {
            JsonObject members when schema["properties"] is JsonObject => OfObject(members, schema, resolve, path),
            JsonArray items => items.SelectMany((item, at) => Faults(item, schema["items"]!, resolve, $"{path}[{at}]")),
            JsonValue text when (string?)schema["format"] is { } format => OfFormat((string)text!, format, path),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(JsonObject members, JsonNode schema, Func<JsonNode, JsonNode> resolve, string path)
    {
        foreach (var required in schema["required"]!.AsArray().Where(name => !members.ContainsKey((string)name!)))
        {
            yield return $"{path} lacks {required}";
        }

        foreach (var (name, member) in members)
        {
            if (schema["properties"]![name] is not { } shape)
            {
                yield return $"{path} has {name}";
                continue;
            }

            foreach (var fault in Faults(member, shape, resolve, $"{path}.{name}"))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> OfFormat(string text, string format, string path) => format switch
    {
        "date-time" when !DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => [$"{path} is no time"],
        "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => [$"{path} is no date"],
        _ => [],
    };

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(one => (string)one!) : [(string)type!];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "integer",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}
