using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Configuration;

/// <summary>What a scalar is, by the core schema of YAML 1.2 (§10.3.2).</summary>
internal enum ScalarKind
{
    Text,
    Nothing,
    Truth,
    Integer,
    Real,
}

/// <summary>The core schema of YAML 1.2: <c>no</c>, <c>22:22</c> and dates are texts.</summary>
internal static partial class CoreSchema
{
    public static ScalarKind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Nothing,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Truth,
        _ when Integers().IsMatch(text) => ScalarKind.Integer,
        _ when Reals().IsMatch(text) => ScalarKind.Real,
        _ => ScalarKind.Text,
    };

    public static bool ToTruth(string text) => text[0] is 't' or 'T';

    public static bool TryToInteger(string text, out long value)
    {
        value = 0;
        try
        {
            if (text.StartsWith("0o", StringComparison.Ordinal))
            {
                value = Convert.ToInt64(text[2..], 8);
                return value >= 0;
            }
        }
        catch (OverflowException)
        {
            return false;
        }

        return text.StartsWith("0x", StringComparison.Ordinal)
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryToReal(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    [GeneratedRegex(@"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Integers();

    [GeneratedRegex(@"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Reals();
}
