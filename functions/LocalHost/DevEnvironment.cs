using System.Text;

namespace LocalHost;

/// <summary>The file that a user sources to try the gateway: addresses and credentials of the run.</summary>
internal static class DevEnvironment
{
    public const string File = "dev.env";

    /// <summary>The values that each front door has of its own.</summary>
    public static readonly IReadOnlyList<string> OfFrontDoor = ["GATEWAY_URL", "GATEWAY_HTTP2_URL"];

    public static void Write(LocalEnvironment local)
    {
        var text = new StringBuilder("# Written by the local host at each start. The credentials work on this machine only.\n");
        foreach (var (name, value) in local.Values)
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        local.Folder.WritePrivate(File, text.ToString());
    }

    /// <summary>A value of the run before, if there was one.</summary>
    public static string? Earlier(LocalFolder folder, string name) => Read(folder).GetValueOrDefault(name);

    /// <summary>What the file says; nothing where there is none.</summary>
    public static IReadOnlyDictionary<string, string> Read(LocalFolder folder) => System.IO.File.Exists(folder[File])
        ? System.IO.File.ReadLines(folder[File])
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2 && !parts[0].StartsWith('#'))
            .DistinctBy(parts => parts[0])
            .ToDictionary(parts => parts[0], parts => parts[1])
        : new Dictionary<string, string>();
}
