using System.Text;

namespace Gateway.Templates;

/// <summary>Values that may stand in a header field (RFC 9110 §5.5).</summary>
internal static class HeaderText
{
    /// <summary>Percent-encodes what is not ASCII, as UTF-8. Null when there is a control character other than HTAB.</summary>
    public static string? Encode(string value)
    {
        if (value.Any(character => char.IsControl(character) && character != '\t'))
        {
            return null;
        }

        if (Ascii.IsValid(value))
        {
            return value;
        }

        var encoded = new StringBuilder(value.Length + 16);
        foreach (var rune in value.EnumerateRunes())
        {
            encoded.Append(rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return encoded.ToString();
    }
}
