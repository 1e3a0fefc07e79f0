namespace Benchmarks.SideBySide;

/// <summary>What every peer is asked to do.</summary>
internal sealed record Work(string Name, string Path, Credential Credential, string Title)
{
    public static readonly Work Plain = new("A", "/a", Credential.None, "plain proxy");

    public static readonly Work Key = new("B", "/b", Credential.ApiKey, "API key, and a limit per key that is never hit (100 keys)");

    public static readonly Work Token = new("C", "/c", Credential.Token, "JWT RS256, and such a limit (100 tokens in rotation)");

    public static readonly Work EveryToken = new("C-each", "/c", Credential.EveryToken, "the same, every token different");

    public static readonly Work MutualTls = new("D", "/d", Credential.None, "TLS to the backend with a client certificate");

    // In the order of measuring. First what costs least by the compiler and most by arithmetic; last B: what a young process cost at it is compared with that.
    public static readonly IReadOnlyList<Work> All = [EveryToken, Token, MutualTls, Plain, Key];
}
