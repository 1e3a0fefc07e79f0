using Azure.Storage.Blobs;
using Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gateway.Releases;

/// <summary>Registers what follows releases. A host without a BlobServiceClient has none: its file serves.</summary>
internal static class ReleasesRegistration
{
    public static IServiceCollection AddReleases(this IServiceCollection services)
    {
        services.TryAddSingleton(Random.Shared);
        return services.AddGatewayStorage().AddHostedService(static provider => new ReleaseFollower(
            provider.GetService<BlobServiceClient>() is { } blobs ? Followed(provider, blobs) : null,
            provider.GetRequiredService<Random>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReleaseFollower>>()));
    }

    private static FollowedReleases Followed(IServiceProvider provider, BlobServiceClient blobs) =>
        ActivatorUtilities.CreateInstance<FollowedReleases>(provider, ActivatorUtilities.CreateInstance<ReleaseBlobs>(provider, blobs));
}
