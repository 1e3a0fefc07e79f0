namespace Exporters;

/// <summary>A setting of the form Name=value;Name=value, as Azure writes them.</summary>
internal sealed class SettingPairs
{
    private readonly Dictionary<string, string> _pairs = new(StringComparer.OrdinalIgnoreCase);

    private SettingPairs()
    {
    }

    /// <summary>The value of this name; null: there is none, or it is empty.</summary>
    public string? this[string name] => _pairs.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Null: a part is no pair, or a name stands there twice.</summary>
    public static SettingPairs? Parse(string text)
    {
        var pairs = new SettingPairs();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !pairs._pairs.TryAdd(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart()))
            {
                return null;
            }
        }

        return pairs;
    }
}
