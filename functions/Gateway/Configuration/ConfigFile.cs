namespace Gateway.Configuration;

/// <summary>Loads a configuration. Reports every mistake; throws for none.</summary>
public static class ConfigFile
{
    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">Gives the values of ${env:NAME}; null: not set.</param>
    /// <param name="host">What it is to run in: what that cannot do is a mistake.</param>
    public static ConfigLoad Load(string path, Func<string, string?> environment, GatewayHost host = GatewayHost.Kestrel)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ConfigText.Read(path), path, environment, HostRules.Of(host));
    }

    /// <summary>Reads and checks a text.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="fileName">The name to show in errors.</param>
    /// <param name="environment">Gives the values of ${env:NAME}; null: not set.</param>
    /// <param name="host">What it is to run in: what that cannot do is a mistake.</param>
    public static ConfigLoad Parse(string text, string fileName, Func<string, string?> environment, GatewayHost host = GatewayHost.Kestrel)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(ConfigText.Of(text), fileName, environment, HostRules.Of(host));
    }

    internal static ConfigLoad Parse(ConfigText source, string fileName, Func<string, string?> environment, IReadOnlyList<IConfigRule> more)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (source.Text is null)
        {
            return new() { Errors = [source.Error!], Release = source.Release };
        }

        var reading = new Reading(fileName);
        var text = source.Text.TrimStart('\uFEFF');
        var root = IsReadable(text, reading) ? new YamlReader(text, new(environment), reading).Read() : null;
        var config = root is null ? null : (GatewayConfig?)Shapes.Of(typeof(GatewayConfig)).Read(root, reading);
        IReadOnlyList<ConfigError> errors = config is null ? reading.Errors : [.. reading.Errors, .. ConfigValidator.Check(config, [.. GatewayRules.All, .. more], root!, reading, fileName)];
        return errors.Count == 0
            ? new() { Config = config! with { Revision = source.WrittenAt }, Errors = [], Release = source.Release, Secrets = reading.Secrets }
            : new() { Errors = [.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)], Release = source.Release };
    }

    // YAML 1.2 §5.1 allows no control characters but these; the parser takes NUL for the end of the file.
    private static bool IsReadable(string text, Reading reading)
    {
        var (line, column) = (1, 1);
        foreach (var character in text)
        {
            if ((character < ' ' && character is not ('\n' or '\r' or '\t')) || character == '\u007F')
            {
                reading.Fail(new Place(line, column), $"A control character (0x{(int)character:X2}) stands here.", "Remove it.");
                return false;
            }

            (line, column) = character == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return true;
    }
}
