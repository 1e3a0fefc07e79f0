using System.Globalization;
using System.Text;

namespace Gateway.Tests.Limits;

/// <summary>A text with parameters that are texts or integers.</summary>
internal sealed record StrictMember(string Value, IReadOnlyList<KeyValuePair<string, object>> Parameters);

/// <summary>Parses lists of texts with parameters strictly (RFC 9651 §4.2); anything else is null.</summary>
internal sealed class StrictList(string text)
{
    private int _at;

    public static List<StrictMember>? Parse(string text)
    {
        try
        {
            return new StrictList(text).Members();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static string Canonical(IEnumerable<StrictMember> members) => string.Join(", ", members.Select(member =>
        Quote(member.Value) + string.Concat(member.Parameters.Select(parameter => $";{parameter.Key}={(parameter.Value is string value ? Quote(value) : parameter.Value)}"))));

    private char Current => _at < text.Length ? text[_at] : '\0';

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private List<StrictMember> Members()
    {
        var members = new List<StrictMember>();
        Skip(" ");
        while (_at < text.Length)
        {
            members.Add(new(String(), Parameters()));
            Skip(" \t");
            if (_at == text.Length)
            {
                break;
            }

            Expect(',');
            Skip(" \t");
            if (_at == text.Length)
            {
                throw new FormatException("A comma ends the list.");
            }
        }

        return members;
    }

    private List<KeyValuePair<string, object>> Parameters()
    {
        var parameters = new List<KeyValuePair<string, object>>();
        while (Current == ';')
        {
            _at++;
            Skip(" ");
            var key = Key();
            Expect('=');
            object value = Current == '"' ? String() : Integer();
            // The last of a name counts and stands where the first stood (§4.2.3.2).
            var known = parameters.FindIndex(parameter => parameter.Key == key);
            if (known >= 0)
            {
                parameters[known] = new(key, value);
            }
            else
            {
                parameters.Add(new(key, value));
            }
        }

        return parameters;
    }

    private string Key()
    {
        var start = _at;
        if (!char.IsAsciiLetterLower(Current) && Current != '*')
        {
            throw new FormatException("No key.");
        }

        while (char.IsAsciiLetterLower(Current) || char.IsAsciiDigit(Current) || (Current != '\0' && "_-.*".Contains(Current, StringComparison.Ordinal)))
        {
            _at++;
        }

        return text[start.._at];
    }

    private long Integer()
    {
        var start = _at;
        _at += Current == '-' ? 1 : 0;
        var digits = _at;
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }

        return _at - digits is >= 1 and <= 15 && Current != '.' ? long.Parse(text.AsSpan(start, _at - start), CultureInfo.InvariantCulture) : throw new FormatException("No integer.");
    }

    private string String()
    {
        Expect('"');
        var value = new StringBuilder();
        while (Current != '"')
        {
            if (Current == '\\')
            {
                _at++;
                if (Current is not ('"' or '\\'))
                {
                    throw new FormatException("No escape.");
                }
            }

            value.Append(Current is >= ' ' and <= '~' ? Current : throw new FormatException("No text."));
            _at++;
        }

        _at++;
        return value.ToString();
    }

    private void Expect(char character)
    {
        if (Current != character)
        {
            throw new FormatException($"{character} was expected.");
        }

        _at++;
    }

    private void Skip(string characters)
    {
        while (Current != '\0' && characters.Contains(Current, StringComparison.Ordinal))
        {
            _at++;
        }
    }
}
