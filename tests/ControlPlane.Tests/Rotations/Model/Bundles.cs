using ControlPlane.Trust;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>The real bundles, numbered, with what the invariant asks of each.</summary>
internal sealed class Bundles
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly string[] Services = ["x", "y"];

    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<Known> _known = [];
    private readonly Dictionary<(int, int), (int, string?)> _changes = [];

    /// <summary>The first root, and those that rotations prepare.</summary>
    public static TrustRoot[] Roots { get; } = [.. Enumerable.Range(0, 2).Select(number => Authority($"root {number}"))];

    public Known this[int number] => _known[number];

    /// <summary>Bundle 1: one root, and for each service one certificate.</summary>
    public int First() => NumberOf(new()
    {
        TrustDomain = MeshAuthority.TrustDomain,
        Sequence = 1,
        Issued = Now,
        Poll = TimeSpan.FromSeconds(15),
        MaxAge = TimeSpan.FromMinutes(10),
        Roots = [Roots[0]],
        Authority = Roots[0].Id,
        Workloads = [.. Services.Select((service, index) => new Workload { Service = service, InUse = Leaf(index, 0, 0) })],
    });

    public static LeafVersion Leaf(int service, int number, int root) => new()
    {
        Version = $"{Services[service]}{number}",
        Serial = $"{service:X2}{number:X2}",
        Authority = Roots[root].Id,
        Issued = Now.AddMinutes(number),
        Expires = Now.AddYears(1),
    };

    public static int RootOf(string id) => Array.FindIndex(Roots, root => root.Id == id);

    public static int VersionOf(LeafVersion? leaf) => leaf is null ? -1 : leaf.Version[1] - '0';

    public int NumberOf(TrustBundle bundle)
    {
        var text = TrustBundleFormat.Write(bundle);
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers[text] = number = _known.Count;
            _known.Add(new(bundle));
        }

        return number;
    }

    /// <summary>What the step after a journal makes of a bundle: changes are pure, so once is enough.</summary>
    public (int Bundle, string? Refusal) Change(int bundle, int journal, Func<TrustBundle, TrustChange> change)
    {
        if (!_changes.TryGetValue((bundle, journal), out var known))
        {
            var (changed, refusal) = change(_known[bundle].Bundle);
            _changes[(bundle, journal)] = known = (changed is null ? bundle : ReferenceEquals(changed, _known[bundle].Bundle) ? bundle : NumberOf(changed), refusal);
        }

        return known;
    }

    private static TrustRoot Authority(string name)
    {
        using var authority = new MeshAuthority(Now, name);
        return authority.Root;
    }

    /// <summary>A bundle, taken apart once.</summary>
    internal sealed class Known(TrustBundle bundle)
    {
        public TrustBundle Bundle => bundle;

        public int Authority { get; } = RootOf(bundle.Authority);

        /// <summary>A bit for each root.</summary>
        public int Roots { get; } = bundle.Roots.Sum(root => 1 << RootOf(root.Id));

        /// <summary>For each service the number of what is in use, or -1.</summary>
        public int[] InUse { get; } = [.. Services.Select(service => VersionOf(bundle.Workload(service)?.InUse))];

        public int[] Candidate { get; } = [.. Services.Select(service => VersionOf(bundle.Workload(service)?.Candidate))];

        public override string ToString() =>
            $"{bundle.Sequence}[{string.Join('+', bundle.Roots.Select(root => RootOf(root.Id)))} by {Authority};{string.Join(',', bundle.Workloads.Select(workload => $" {workload.InUse?.Version}{(workload.Candidate is { } other ? $"?{other.Version}" : "")}"))}]";
    }
}
