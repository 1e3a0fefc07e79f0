using System.Text;

namespace LocalHost;

/// <summary>The file that a user sources to try the gateway: addresses and credentials of the run.</summary>
internal static class DevEnvironment
{
    public const string File = "dev.env";

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
    public static string? Earlier(LocalFolder folder, string name) => System.IO.File.Exists(folder[File])
        ? System.IO.File.ReadLines(folder[File]).FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..]
        : null;
}
