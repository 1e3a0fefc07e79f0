namespace Cli.Local;

/// <summary>What scripts/run wrote for a user of this machine: the nearest .local/dev.env from the current directory upwards.</summary>
internal sealed class DevEnvironment
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private DevEnvironment(string? path) => Path = path;

    /// <summary>The file; null: there is none.</summary>
    public string? Path { get; }

    public string? this[string name] => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public static DevEnvironment Find(string directory)
    {
        for (var place = new DirectoryInfo(directory); place is not null; place = place.Parent)
        {
            var path = System.IO.Path.Combine(place.FullName, ".local", "dev.env");
            if (File.Exists(path))
            {
                return Read(path);
            }
        }

        return new(null);
    }

    private static DevEnvironment Read(string path)
    {
        var found = new DevEnvironment(path);
        foreach (var line in File.ReadLines(path))
        {
            var text = line.Trim();
            text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..].TrimStart() : text;
            var equals = text.IndexOf('=');
            if (equals > 0 && text[0] != '#')
            {
                found._values[text[..equals].TrimEnd()] = Unquote(text[(equals + 1)..].Trim());
            }
        }

        return found;
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
