using System.Globalization;
using System.Text.Json;

namespace Gateway.Templates;

/// <summary>Values inside JSON, found by their way and read as text.</summary>
internal static class JsonText
{
    /// <summary>The plain text of a value: of a string itself, of numbers and booleans as they are written. Null when undefined or null; false for what is no text.</summary>
    public static bool TryRead(JsonElement value, out string? text)
    {
        text = null;
        try
        {
            text = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
            return value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON's grammar allows it (RFC 8259 §8.2), no text can hold it.
            return false;
        }
    }

    /// <summary>Follows names of members and indexes of items (RFC 6901 §4). Undefined when the way ends early.</summary>
    public static JsonElement Follow(JsonElement value, IEnumerable<string> steps)
    {
        foreach (var step in steps)
        {
            var found = value.ValueKind switch
            {
                JsonValueKind.Object when value.TryGetProperty(step, out var member) => member,
                JsonValueKind.Array when TryIndex(step, out var index) && index < value.GetArrayLength() => value[index],
                _ => default,
            };
            if (found.ValueKind == JsonValueKind.Undefined)
            {
                return default;
            }

            value = found;
        }

        return value;
    }

    private static bool TryIndex(string step, out int index) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (step.Length == 1 || step[0] != '0');
}
