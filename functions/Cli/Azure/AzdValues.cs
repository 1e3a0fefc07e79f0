using System.Text.Json;

namespace Cli.Azure;

/// <summary>What azd env get-values writes: a line NAME="value" for each, the value with the escapes of a JSON string.</summary>
internal static class AzdValues
{
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0)
            {
                values[line[..sign]] = Plain(line[(sign + 1)..]);
            }
        }

        return values;
    }

    private static string Plain(string value)
    {
        try
        {
            return value.StartsWith('"') ? JsonSerializer.Deserialize(value, Management.ManagementJson.Default.String) ?? "" : value;
        }
        catch (JsonException)
        {
            return value.Trim('"');
        }
    }
}
