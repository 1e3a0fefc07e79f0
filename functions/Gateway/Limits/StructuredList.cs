using System.Globalization;
using System.Text;

namespace Gateway.Limits;

/// <summary>Serialises a list of texts with parameters as a structured field (RFC 9651 §4.1). Refuses what the field cannot hold.</summary>
internal sealed class StructuredList
{
    private const long LargestInteger = 999_999_999_999_999;

    private readonly StringBuilder _text = new();

    /// <summary>Begins the next member.</summary>
    public StructuredList Item(string value)
    {
        _text.Append(_text.Length == 0 ? "" : ", ");
        AppendString(value);
        return this;
    }

    /// <summary>A parameter of the member before.</summary>
    public StructuredList Parameter(string key, long value)
    {
        AppendKey(key);
        // §4.1.4
        if (value is < -LargestInteger or > LargestInteger)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "An integer has at most 15 digits.");
        }

        _text.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <inheritdoc cref="Parameter(string, long)"/>
    public StructuredList Parameter(string key, string value)
    {
        AppendKey(key);
        AppendString(value);
        return this;
    }

    public override string ToString() => _text.ToString();

    // §4.1.1.3
    private void AppendKey(string key)
    {
        if (key.Length == 0 || key[0] is not ((>= 'a' and <= 'z') or '*')
            || !key.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-' or '.' or '*'))
        {
            throw new ArgumentException($"{key} is no key.", nameof(key));
        }

        _text.Append(';').Append(key).Append('=');
    }

    // §4.1.6
    private void AppendString(string value)
    {
        _text.Append('"');
        foreach (var character in value)
        {
            if (character is < ' ' or > '~')
            {
                throw new ArgumentException("A text holds visible ASCII and spaces only.", nameof(value));
            }

            _text.Append(character is '"' or '\\' ? "\\" : "").Append(character);
        }

        _text.Append('"');
    }
}
