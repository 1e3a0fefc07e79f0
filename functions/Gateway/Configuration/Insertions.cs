using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Configuration;

/// <summary>Fills ${env:NAME} and ${env:NAME:-default} into scalars, and notes where ${keyvault:name} stands: its value never comes in here.</summary>
internal sealed partial class Insertions(Func<string, string?> environment)
{
    /// <summary>The scalar with what the environment gives; its type is decided afterwards.</summary>
    public ScalarNode Fill(ScalarNode scalar, bool isQuoted, Reading reading)
    {
        if (!scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            return scalar;
        }

        if (scalar.Text.Contains(SecretText.Beginning, StringComparison.Ordinal))
        {
            NoteSecret(scalar, reading);
            return new(scalar.Place, scalar.Text, isQuoted: true);
        }

        return Replace(scalar, reading) is { } filled ? new(scalar.Place, filled, isQuoted, scalar.Text) : new(scalar.Place, scalar.Text, isQuoted: true);
    }

    private string? Replace(ScalarNode scalar, Reading reading)
    {
        var (text, filled, from) = (scalar.Text, new StringBuilder(), 0);
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", from, StringComparison.Ordinal))
        {
            var match = Environment().Match(text, at);
            if (!match.Success)
            {
                reading.Fail(scalar, "'${' begins an insertion that is not known.", "Write ${env:NAME} or ${env:NAME:-default}.");
                return null;
            }

            var name = match.Groups["name"].Value;
            var hasDefault = match.Groups["default"].Success;
            var value = environment(name);
            if (value is null && !hasDefault)
            {
                reading.Fail(scalar, $"The environment variable {name} is not set.", $"Set it, or give a default: ${{env:{name}:-default}}.");
                return null;
            }

            // As in a shell, ":-" also stands in for an empty value.
            filled.Append(text, from, at - from).Append(hasDefault && string.IsNullOrEmpty(value) ? match.Groups["default"].Value : value);
            from = at + match.Length;
        }

        filled.Append(text, from, text.Length - from);
        if (filled.ToString().Contains(SecretText.Beginning, StringComparison.Ordinal))
        {
            // Else the environment could have secrets sent that the file does not name.
            reading.Fail(scalar, "What the environment gives holds ${keyvault:…}, which is not filled in.", "Write ${keyvault:name} into the file itself.");
            return null;
        }

        return filled.ToString();
    }

    private static void NoteSecret(ScalarNode scalar, Reading reading)
    {
        if (reading.Path is not (["issuers", ..] or ["services", _, "headers", "set", _]))
        {
            reading.Fail(scalar, "${keyvault:…} may stand only in the headers that services are sent and in issuers.", "Use ${env:NAME} here.");
        }
        else if (SecretText.NameOf(scalar.Text) is { } name)
        {
            reading.Secret(scalar, name);
        }
        else
        {
            reading.Fail(scalar, "${keyvault:…} stands for a whole value.", "Write nothing before or after it: \"${keyvault:name}\", with a name of letters, digits and '-'.");
        }
    }

    [GeneratedRegex(@"\G\$\{env:(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?\}")]
    private static partial Regex Environment();
}
