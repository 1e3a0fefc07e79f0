using System.Text.Json;

namespace Mesh.Local;

/// <summary>The file of a local membership as it was found: what it says, or why nothing of that may be used.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Membership">What it says. Null: it has mistakes.</param>
/// <param name="Errors">The mistakes, each with its place and its mend.</param>
internal sealed record LocalFile(string Path, LocalMembership? Membership, IReadOnlyList<string> Errors)
{
    private const string Anew = "Start the local host again, which writes it anew.";

    /// <summary>Never throws for what the file is.</summary>
    public static LocalFile Read(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            var membership = LocalMembership.Parse(File.ReadAllText(path));
            var errors = LocalRules.Check(membership).ToArray();
            return errors.Length == 0 ? new(path, membership, []) : Wrong(path, errors);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Wrong(path, "is not there. Start the local host with a configuration that calls this service with tls: mesh; it writes the file and says where.");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return Wrong(path, $"cannot be read ({closed.GetType().Name}). Run the backend as the user who runs the local host.");
        }
        catch (JsonException damaged)
        {
            return Wrong(path, $"is damaged ({Place(damaged)}). {Anew}");
        }
    }

    /// <summary>A mistake and its mend, at this file.</summary>
    public string At(string error) => At(Path, error);

    /// <summary>The settings, with what the file gives where nothing is set.</summary>
    public MeshOptions Complete(MeshOptions options) => Membership is null ? options : options with
    {
        Service = options.Service.Length == 0 ? Membership.Service : options.Service,
        TrustDomain = options.TrustDomain.Length == 0 ? Membership.TrustDomain : options.TrustDomain,
        // The file is of a service that is called with tls: mesh.
        Serves = true,
        // The local control plane's waits are short: longer connections would outlive them.
        ConnectionAge = Shorter(options.ConnectionAge, Membership.ConnectionAge),
        Drain = Shorter(options.Drain, Membership.ConnectionAge),
    };

    private static LocalFile Wrong(string path, params string[] errors) => new(path, null, [.. errors.Select(error => At(path, error))]);

    private static string At(string path, string error) => $"Mesh:Local: {path} {error}";

    // What a parser says of a value may quote it, and one of them is a secret.
    private static string Place(JsonException damaged) =>
        damaged.LineNumber is { } line ? $"line {line + 1}" : "something is missing";

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
