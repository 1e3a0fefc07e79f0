using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide.Peers;

/// <summary>YARP, by the program in Peers/Yarp.</summary>
internal static class YarpPeer
{
    public const string Folder = "yarp";

    public static Command Prepare(Site site, int port, bool bare) => new(Path.Combine(site[Folder], "YarpPeer"))
    {
        Environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["Bare"] = $"{bare}",
            ["Backend"] = $"http://127.0.0.1:{site.Backend.Port}",
            ["TlsBackend"] = $"https://127.0.0.1:{site.Backend.TlsPort}",
            ["Keys"] = site.Write("yarp.keys", string.Concat(site.Keys.Select(static one => $"{one.Key} {one.Consumer}\n"))),
            ["IssuerKey"] = site.IssuerKey,
            ["Issuer"] = site.Mesh.Values["ISSUER_URL"],
            ["Audience"] = TokenMint.Audience,
            ["Leaf"] = site.Papers.Leaf,
            ["Roots"] = site.Papers.Roots,
        },
    };
}
