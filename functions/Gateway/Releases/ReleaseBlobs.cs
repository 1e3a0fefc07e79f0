using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Gateway.Storage;
using Records.Releases;

namespace Gateway.Releases;

/// <summary>Releases in Azure Blob storage.</summary>
internal sealed class ReleaseBlobs(BlobServiceClient service, TimeProvider time) : IReleaseBlobs
{
    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Release.Container);

    public async Task<BlobReading> ReadAsync(string name, string? tag, int mostBytes, CancellationToken cancellation)
    {
        // The time limit is ours, whatever retries and time-outs the host gave its client.
        using var deadline = new CancellationTokenSource(GatewayTables.ReadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await ReadBlobAsync(name, tag, mostBytes, either.Token).WaitAsync(either.Token);
        }
        catch (RequestFailedException refused) when (refused.Status is 304)
        {
            return BlobReading.Unchanged;
        }
        catch (RequestFailedException missing) when (missing.Status is 404)
        {
            return BlobReading.Missing;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it is (refused, reset, timed out, no right), the answer is the same: unknown.
            return BlobReading.Failed(failure);
        }
    }

    private async Task<BlobReading> ReadBlobAsync(string name, string? tag, int mostBytes, CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions { Conditions = tag is null ? null : new() { IfNoneMatch = new ETag(tag) } };
        var answer = await _container.GetBlobClient(name).DownloadStreamingAsync(options, cancellation);
        if (answer.GetRawResponse().Status is 304)
        {
            return BlobReading.Unchanged;
        }

        using var download = answer.Value;
        var details = download.Details;
        if (details.ContentLength > mostBytes)
        {
            return BlobReading.TooLarge;
        }

        var content = new byte[details.ContentLength];
        await download.Content.ReadExactlyAsync(content, cancellation);
        return BlobReading.Of(content, details.ETag.ToString(), details.Metadata.TryGetValue(Release.VersionName, out var version) ? version : null);
    }
}
