namespace Mesh.Trust;

/// <summary>Where bundles are kept by sequence; never throws for what storage does.</summary>
internal interface IBundleSource
{
    /// <summary>The bundle with the highest sequence.</summary>
    Task<BundleReading> ReadNewestAsync(CancellationToken cancellation);

    /// <summary>The bundle with this sequence.</summary>
    Task<BundleReading> ReadAsync(long sequence, CancellationToken cancellation);
}
