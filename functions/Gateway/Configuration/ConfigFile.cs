using System.Security.Cryptography;
using System.Text;

namespace Gateway.Configuration;

/// <summary>Loads a configuration file. Reports every mistake; throws for none.</summary>
public static class ConfigFile
{
    // More than any configuration that people write; a wrong path must not fill the memory.
    private const int MaximumBytes = 8 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">Gives the values of ${env:NAME}; null: not set.</param>
    public static ConfigLoad Load(string path, Func<string, string?> environment)
    {
        byte[] bytes;
        try
        {
            if (Directory.Exists(path))
            {
                return Broken(path, "This is a folder.", "Give the path of a file.");
            }

            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaximumBytes)
            {
                return Broken(path, "The file is larger than 8 MB.", "Check the path.");
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Broken(path, "The file does not exist.", "Check the path; `gw init` writes one to begin with.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Broken(path, "The file cannot be read.", "Check that it is a file and may be read by this process.");
        }

        return Parse(bytes, path, environment);
    }

    /// <summary>Reads and checks a text.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="fileName">The name to show in errors.</param>
    /// <param name="environment">Gives the values of ${env:NAME}; null: not set.</param>
    public static ConfigLoad Parse(string text, string fileName, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        var release = ReleaseOf(Encoding.UTF8.GetBytes(text));
        var reading = new Reading(fileName);
        text = text.TrimStart('\uFEFF');
        var root = IsReadable(text, reading) ? new YamlReader(text, new(environment), reading).Read() : null;
        if (root is null)
        {
            return new() { Errors = reading.Errors, Release = release };
        }

        var config = (GatewayConfig?)Shapes.Of(typeof(GatewayConfig)).Read(root, reading);
        var errors = config is null ? reading.Errors : [.. reading.Errors, .. ConfigValidator.Check(config, root, reading.Errors, fileName)];
        return errors.Count == 0
            ? new() { Config = config, Errors = [], Release = release }
            : new() { Errors = [.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)], Release = release };
    }

    private static ConfigLoad Parse(byte[] bytes, string path, Func<string, string?> environment)
    {
        try
        {
            return Parse(Strict.GetString(bytes), path, environment);
        }
        catch (DecoderFallbackException wrong)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(wrong.Index, 0, bytes.Length)).Count((byte)'\n');
            var error = new ConfigError([], "The file is not UTF-8 text.", "Save it as UTF-8.") { File = path, Line = line, Column = 1 };
            return new() { Errors = [error], Release = ReleaseOf(bytes) };
        }
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

    private static ConfigLoad Broken(string path, string problem, string mend) =>
        new() { Errors = [new([], problem, mend) { File = path, Line = 1, Column = 1 }], Release = "" };

    private static string ReleaseOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
}
