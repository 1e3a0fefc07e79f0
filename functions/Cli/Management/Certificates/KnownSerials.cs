namespace Cli.Management.Certificates;

/// <summary>The serial numbers that a mesh knows, and how short they may be written.</summary>
internal sealed class KnownSerials
{
    private const int Shortest = 8;
    private const string Authority = "the authority";

    private readonly Dictionary<string, string> _owners = [];
    private readonly int _length;

    public KnownSerials(MeshState state)
    {
        // The first one counts: a certificate that is in use and refused is its service's.
        var known = state.Authorities.Select(authority => (authority.Serial, Authority))
            .Concat(state.Workloads.SelectMany(workload => new[] { workload.InUse, workload.Candidate }.OfType<LeafVersion>().Select(version => (version.Serial, workload.Service))))
            .Concat(state.Peers.Where(peer => peer.Serial is not null).Select(peer => (peer.Serial!, peer.Service)))
            .Concat(state.Refused.Select(refused => (refused.Serial, "a service, refused already")));
        foreach (var (serial, owner) in known)
        {
            _owners.TryAdd(serial, owner);
        }

        var longest = _owners.Keys.Select(serial => serial.Length).DefaultIfEmpty(Shortest).Max();
        _length = Enumerable.Range(Shortest, Math.Max(longest - Shortest, 0) + 1)
            .First(length => length >= longest || _owners.Keys.DistinctBy(serial => Cut(serial, length)).Count() == _owners.Count);
    }

    /// <summary>The beginning, as long as it takes to tell all of them apart.</summary>
    public string Short(string serial) => Cut(serial, _length);

    /// <summary>Which certificate is meant by a serial number or its beginning, and whose it is; null: not known, as of one that was in use before.</summary>
    public (string Serial, string? Owner) Find(string given)
    {
        var digits = given.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        if (digits.Length == 0 || !digits.All(char.IsAsciiHexDigit))
        {
            throw CommandException.Usage($"\"{given}\" is not a serial number.", "Give one that gw certs status shows.");
        }

        List<string> matches = _owners.ContainsKey(digits) ? [digits] : [.. _owners.Keys.Where(serial => serial.StartsWith(digits, StringComparison.Ordinal)).Order()];
        return matches switch
        {
            [] => (digits, null),
            [var only] when _owners[only] == Authority => throw CommandException.Usage($"{only} is the authority's own certificate.", "Replace the authority with: gw certs rotate-ca"),
            [var only] => (only, _owners[only]),
            _ => throw CommandException.Usage($"{digits} could be {string.Join(" or ", matches.Select(serial => $"{serial} ({_owners[serial]})"))}.", "Give more of it."),
        };
    }

    private static string Cut(string serial, int length) => serial.Length <= length ? serial : serial[..length];
}
