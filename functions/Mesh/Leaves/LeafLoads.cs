using System.Security.Cryptography.X509Certificates;
using Mesh.Health;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace Mesh.Leaves;

/// <summary>Loads versions from the vault once each, and those that fail again after a wait that doubles.</summary>
/// <param name="vault">Where they are.</param>
/// <param name="clock">Measures waits.</param>
/// <param name="random">So that instances do not ask the vault together.</param>
internal sealed partial class LeafLoads(ILeafVault vault, TimeProvider clock, Random random, MeshStatus status, ILogger<LeafLoads> logger)
{
    // The next look at the bundle waits for this.
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, OwnLeaf> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Miss> _missing = new(StringComparer.Ordinal);

    /// <summary>Time until the next that failed may be tried again. Null: none failed.</summary>
    public TimeSpan? RetryIn => _missing.Count == 0 ? null : _missing.Values.Min(Left);

    /// <summary>Forgets the versions that are not among these.</summary>
    public void Keep(IReadOnlyCollection<string> versions)
    {
        foreach (var version in _loaded.Keys.Concat(_missing.Keys).Except(versions).ToList())
        {
            _loaded.Remove(version);
            _missing.Remove(version);
        }
    }

    /// <summary>The version, or null: it cannot be had now.</summary>
    public async Task<OwnLeaf?> LoadAsync(string service, LeafVersion named, CancellationToken cancellation)
    {
        if (_loaded.TryGetValue(named.Version, out var leaf))
        {
            return leaf;
        }

        var miss = _missing.GetValueOrDefault(named.Version);
        if (miss is not null && Left(miss) > TimeSpan.Zero)
        {
            return null;
        }

        try
        {
            return Loaded(service, await FetchAsync(service, named, cancellation), wasMissing: miss is not null);
        }
        catch (LeafUnavailableException failure)
        {
            Missed(service, named.Version, failure, miss?.Wait);
            return null;
        }
    }

    // The bundle says which serial the version has: another one would be refused by whoever looks for it.
    private async Task<OwnLeaf> FetchAsync(string service, LeafVersion named, CancellationToken cancellation)
    {
        var leaf = new OwnLeaf(named.Version, await AskVaultAsync(service, named.Version, cancellation));
        if (leaf.Serial == named.Serial)
        {
            return leaf;
        }

        leaf.Certificate.Dispose();
        throw new LeafUnavailableException($"Version {named.Version} of {service} has serial {leaf.Serial} in the vault, and {named.Serial} in the trust bundle.");
    }

    private async Task<X509Certificate2> AskVaultAsync(string service, string version, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await vault.LoadAsync(service, version, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new LeafUnavailableException($"The vault did not answer for {service}, version {version}, in time.", late);
        }
    }

    private OwnLeaf Loaded(string service, OwnLeaf leaf, bool wasMissing)
    {
        _missing.Remove(leaf.Version);
        _loaded[leaf.Version] = leaf;
        Log.Loaded(logger, service, leaf.Version, leaf.Serial, leaf.Expires, wasMissing ? "after all" : "at once");
        return leaf;
    }

    private void Missed(string service, string version, LeafUnavailableException failure, TimeSpan? waited)
    {
        if (waited is null)
        {
            Log.Missed(logger, failure, service, version);
        }

        status.Failed(failure.Message);
        var wait = waited is { } before ? TimeSpan.FromTicks(Math.Min(before.Ticks * 2, _longestWait.Ticks)) : _firstWait;
        _missing[version] = new(wait, wait * (0.8 + (0.4 * random.NextDouble())), clock.GetTimestamp());
    }

    private TimeSpan Left(Miss miss) => miss.Jittered - clock.GetElapsedTime(miss.At) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private sealed record Miss(TimeSpan Wait, TimeSpan Jittered, long At);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Certificate of {Service} loaded {Tries}: version {Version}, serial {Serial}, valid until {Expires}.")]
        public static partial void Loaded(ILogger logger, string service, string version, string serial, DateTimeOffset expires, string tries);

        [LoggerMessage(2, LogLevel.Error, "Certificate of {Service}, version {Version}, cannot be loaded; an earlier one goes on while it is valid, and it is tried again.")]
        public static partial void Missed(ILogger logger, Exception exception, string service, string version);
    }
}
