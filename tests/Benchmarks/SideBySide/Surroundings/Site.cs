using Benchmarks.SideBySide.Load;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>What stands around the proxies: all that their configurations name.</summary>
internal sealed record Site
{
    /// <summary>For configurations and everything else that is written; outside the repository, and removed at the end.</summary>
    public required string Folder { get; init; }

    public required Backend Backend { get; init; }

    public required MeshHost Mesh { get; init; }

    /// <summary>Certificates in files.</summary>
    public required MeshPapers Papers { get; init; }

    /// <summary>Header fields by what they prove.</summary>
    public required IReadOnlyDictionary<Credential, HeaderFile> Headers { get; init; }

    /// <summary>The keys and their consumers.</summary>
    public required IReadOnlyList<(string Key, string Consumer)> Keys { get; init; }

    /// <summary>The public key that tokens are signed with, in PEM.</summary>
    public required string IssuerKey { get; init; }

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public HeaderFile? HeadersFor(Work work) => Headers.GetValueOrDefault(work.Credential);
}
