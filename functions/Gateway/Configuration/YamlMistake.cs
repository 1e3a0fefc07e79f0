using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Gateway.Configuration;

/// <summary>Turns what the YAML parser says into what the operator can do.</summary>
internal static partial class YamlMistake
{
    private const string Indicators = "{}[]*&!%@`,|>";

    public static (Place Place, string Problem, string Mend) Explain(string text, YamlException mistake)
    {
        var place = new Place(Math.Max(1, (int)mistake.Start.Line), Math.Max(1, (int)mistake.Start.Column));
        var lines = text.Split('\n');
        var line = place.Line <= lines.Length ? lines[place.Line - 1].TrimEnd('\r') : "";
        var problem = Sentence(mistake.Message);
        var value = ValueOf(line, place.Column);
        return mistake.Message switch
        {
            var message when message.Contains("Nested more", StringComparison.Ordinal) => (place, problem, "Write it flatter."),
            var message when message.Contains("tab", StringComparison.Ordinal) => (FirstTab(lines) ?? place, "A tab stands in the indentation.", "Indent with spaces."),
            var message when message.Contains("end of stream", StringComparison.Ordinal) || message.Contains("quoted scalar", StringComparison.Ordinal) =>
                (place, "A quoted text begins here and does not end.", "Add the closing quote."),
            var message when message.Contains("anchor or alias", StringComparison.Ordinal) && value is ['*', ..] =>
                (place, "'*' begins an alias, and aliases are not part of this language.", $"Quote this value: \"{Shorten(value)}\"."),
            var message when message.Contains("invalid mapping", StringComparison.Ordinal) =>
                (place, "A second ': ' on this line.", "If it belongs to the value, quote this value; otherwise mind the indentation."),
            _ when value is null && BeginsLine(line, place.Column) => (place, problem, "Indent this line like the others of its mapping or list; or mind the brackets and quotes on the line before."),
            _ when value is not null => (place, problem, $"Quote this value: \"{Shorten(value)}\"."),
            _ => (place, problem, "Mind the indentation, the brackets and the quotes on this line and the one before."),
        };
    }

    // The scanner notices a tab late, and then says where it began to look.
    private static Place? FirstTab(string[] lines)
    {
        var index = Array.FindIndex(lines, line => line.TrimStart(' ') is ['\t', ..]);
        return index < 0 ? null : new(index + 1, lines[index].IndexOf('\t', StringComparison.Ordinal) + 1);
    }

    private static bool BeginsLine(string line, int column) => column <= line.Length && line.AsSpan(0, column - 1).IsWhiteSpace();

    // The value in which the parser stopped, if a special character is what made it stop.
    private static string? ValueOf(string line, int column)
    {
        if (column > line.Length)
        {
            return null;
        }

        var begin = ValueBegins().Matches(line[..column]) is [.., var last] ? last.Index + last.Length : 0;
        var value = WithoutClosers(ValueEnds().Replace(line[begin..], "").Trim());
        // At the beginning of a line stands a key, and what follows it is not what made the parser stop.
        var isSpecial = value.Length > 0 && (Indicators.Contains(value[0], StringComparison.Ordinal) || (!BeginsLine(line, column) && value.ContainsAny('{', '[')));
        return isSpecial ? value : null;
    }

    // Brackets that end the list or mapping around the value.
    private static string WithoutClosers(string value)
    {
        while (value is [.., '}' or ']'] && value.Count(character => character is '}' or ']') > value.Count(character => character is '{' or '['))
        {
            value = value[..^1].TrimEnd();
        }

        return value;
    }

    [GeneratedRegex(@"^\s*|: +|- +|\[ *|, +")]
    private static partial Regex ValueBegins();

    [GeneratedRegex(@"( [}\]#]|, ).*\z")]
    private static partial Regex ValueEnds();

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";

    private static string Shorten(string value) => value.Length <= 60 ? value : value[..60] + "…";
}
