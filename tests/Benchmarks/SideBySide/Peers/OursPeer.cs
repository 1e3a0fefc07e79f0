using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide.Peers;

/// <summary>Our gateway as a container runs it, a member of the local mesh; everything as a user has it without settings of his own.</summary>
internal static class OursPeer
{
    /// <summary>Where it is published as its image has it: compiled ahead of time.</summary>
    public const string Folder = "container";

    /// <summary>Where it is published to be compiled while it runs.</summary>
    public const string JitFolder = "container-jit";

    public const string ConfigFile = "gateway.yaml";

    /// <summary>Where the relay before the tables stands; a membership that names it.</summary>
    public const string MembershipFile = "membership.json";

    public static Command Prepare(Site site, int port, string folder) => new(Path.Combine(site[folder], "Container"))
    {
        Environment = new Dictionary<string, string>(ImageSettings())
        {
            ["Mesh__Local"] = site[MembershipFile],
            ["Gateway__SharedVault"] = site.Mesh.Values["SHARED_VAULT_URL"],
            ["Gateway__Config"] = site[ConfigFile],
            ["ISSUER_URL"] = site.Mesh.Values["ISSUER_URL"],
            ["PORT"] = $"{port}",
            ["HTTP2_PORT"] = $"{Ports.Free()}",
        },
    };

    // What the image sets: ENV NAME=VALUE [NAME=VALUE …].
    private static IEnumerable<KeyValuePair<string, string>> ImageSettings() =>
        from line in File.ReadLines(Path.Combine(Clone.Root, "functions", "Container", "Dockerfile"))
        where line.StartsWith("ENV ", StringComparison.Ordinal)
        from setting in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        let sign = setting.IndexOf('=', StringComparison.Ordinal)
        select new KeyValuePair<string, string>(setting[..sign], setting[(sign + 1)..]);

    /// <summary>The configuration, of which the local host takes who is in the mesh.</summary>
    public static string Config(int backend, int tlsBackend) => $$"""
        version: 1
        mesh: { trustDomain: bench.internal }
        issuers:
          local: { authority: "${env:ISSUER_URL}", audiences: [{{TokenMint.Audience}}] }
        services:
          plain: http://127.0.0.1:{{backend}}
          bench: { urls: "https://127.0.0.1:{{tlsBackend}}", tls: mesh }
        limits:
          per-consumer: 100000 per 1m by consumer
        routes:
          a: { match: GET /a, auth: anonymous, forward: plain }
          b: { match: GET /b, auth: apiKey, limits: [per-consumer], forward: plain }
          c: { match: GET /c, auth: local, limits: [per-consumer], forward: plain }
          d: { match: GET /d, auth: anonymous, forward: bench }
        """;
}
