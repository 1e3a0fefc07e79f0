using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>Enums are written in kebab-case: two-choices.</summary>
internal static class EnumNames
{
    public static Shape Shape<TEnum>()
        where TEnum : struct, Enum
    {
        var values = Enum.GetValues<TEnum>().ToDictionary(value => Kebab(value.ToString()), StringComparer.Ordinal);
        var expected = $"one of: {string.Join(", ", values.Keys)}";
        return new ScalarShape(expected, scalar => values.TryGetValue(scalar.Text, out var value)
            ? new(value)
            : Parsed.Fail($"'{scalar.Written}' is not known here.", NearestName.Mend(scalar.Text, values.Keys, "")),
            () => new() { ["enum"] = new JsonArray([.. values.Keys.Select(name => JsonValue.Create(name))]) });
    }

    /// <summary>The name of an enum's member as it is written in the file.</summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}
