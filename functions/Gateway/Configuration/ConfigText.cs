using System.Security.Cryptography;
using System.Text;

namespace Gateway.Configuration;

/// <summary>A configuration file's text, or why it cannot be read.</summary>
/// <param name="Text">The text; null when there is an error.</param>
/// <param name="Release">The first 12 hex digits of the SHA-256 of the bytes; empty when they could not be read.</param>
/// <param name="Error">Why there is no text.</param>
internal sealed record ConfigText(string? Text, string Release, ConfigError? Error = null)
{
    /// <summary>When the file was written, or put in force, in seconds of Unix time. Zero: there is no file.</summary>
    public long WrittenAt { get; init; }

    // More than any configuration that people write; a wrong path must not fill the memory.
    private const int MaximumBytes = 8 * 1024 * 1024;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file. Throws for no file that is missing or wrong.</summary>
    public static ConfigText Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return Unreadable(path, "This is a folder.", "Give the path of a file.");
            }

            var file = new FileInfo(path);
            return file.Exists && file.Length > MaximumBytes
                ? Unreadable(path, "The file is larger than 8 MB.", "Check the path.")
                : Decode(File.ReadAllBytes(path), path) with { WrittenAt = new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds() };
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable(path, "The file does not exist.", "Check the path; `gw init` writes one to begin with.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unreadable(path, "The file cannot be read.", "Check that it is a file and may be read by this process.");
        }
    }

    /// <summary>A text that is already in memory.</summary>
    public static ConfigText Of(string text) => new(text, ReleaseOf(Encoding.UTF8.GetBytes(text)));

    private static ConfigText Decode(byte[] bytes, string path)
    {
        try
        {
            return new(_strict.GetString(bytes), ReleaseOf(bytes));
        }
        catch (DecoderFallbackException wrong)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(wrong.Index, 0, bytes.Length)).Count((byte)'\n');
            return new(null, ReleaseOf(bytes), new([], "The file is not UTF-8 text.", "Save it as UTF-8.") { File = path, Line = line, Column = 1 });
        }
    }

    private static ConfigText Unreadable(string path, string problem, string mend) =>
        new(null, "", new([], problem, mend) { File = path, Line = 1, Column = 1 });

    private static string ReleaseOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
}
