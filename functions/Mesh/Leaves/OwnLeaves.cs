using Records.Trust;

namespace Mesh.Leaves;

/// <summary>The versions of our own certificate that a bundle names. One that cannot be loaded leaves the earlier one in use, and is tried again.</summary>
internal sealed class OwnLeaves(string service, LeafLoads loads)
{
    /// <summary>What is presented.</summary>
    public OwnLeaf? InUse { get; private set; }

    /// <summary>What is tried out.</summary>
    public OwnLeaf? Candidate { get; private set; }

    /// <summary>How soon to try again what could not be loaded. Null: nothing is missing.</summary>
    public TimeSpan? RetryIn => loads.RetryIn;

    /// <summary>Loads what is named and not there yet. True: the version in use is the one that is named.</summary>
    public async Task<bool> RefreshAsync(TrustBundle bundle, CancellationToken cancellation)
    {
        var named = bundle.Workload(service);
        loads.Keep([.. new[] { InUse?.Version, named?.InUse?.Version, named?.Candidate?.Version }.OfType<string>()]);
        var isComplete = await RefreshInUseAsync(named?.InUse, cancellation);
        Candidate = named?.Candidate is { } candidate ? await loads.LoadAsync(service, candidate, cancellation) : null;
        return isComplete;
    }

    private async Task<bool> RefreshInUseAsync(LeafVersion? named, CancellationToken cancellation)
    {
        if (named is null)
        {
            InUse = null;
            return true;
        }

        InUse = await loads.LoadAsync(service, named, cancellation) ?? InUse;
        return InUse?.Version == named.Version;
    }
}
