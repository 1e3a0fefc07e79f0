using System.Text.Json;

namespace Gateway.Authorization;

/// <summary>Snapshot: one claim of the token, by name or by JSON pointer (RFC 6901, begins with a slash), and what it must hold.</summary>
internal sealed class ClaimRule(string name, Requirement requirement)
{
    private readonly string[] _path = name.StartsWith('/')
        ? [.. name[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
        : [name];

    public string Name => name;

    /// <summary>False as well for a caller without claims, such as one with an API key, and for a claim that is absent or null.</summary>
    public bool IsMetBy(JsonElement claims)
    {
        var value = claims;
        foreach (var step in _path)
        {
            if (!Step(value, step, out value))
            {
                return false;
            }
        }

        return Texts(value) is { Count: > 0 } texts && requirement.IsMetBy(texts);
    }

    private static bool Step(JsonElement from, string step, out JsonElement to)
    {
        to = default;
        return from.ValueKind switch
        {
            JsonValueKind.Object => from.TryGetProperty(step, out to),
            JsonValueKind.Array => TryItem(from, step, out to),
            _ => false,
        };
    }

    // RFC 6901 §4: digits without leading zeros.
    private static bool TryItem(JsonElement array, string step, out JsonElement item)
    {
        item = default;
        if (step.Length is 0 or > 6 || step.Any(character => !char.IsAsciiDigit(character)) || (step.Length > 1 && step[0] == '0'))
        {
            return false;
        }

        var place = int.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
        if (place >= array.GetArrayLength())
        {
            return false;
        }

        item = array[place];
        return true;
    }

    private static HashSet<string> Texts(JsonElement value)
    {
        var values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Text) : [Text(value)];
        return values.OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    // Numbers and booleans are compared as they are written.
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
