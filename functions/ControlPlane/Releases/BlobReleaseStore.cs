using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ControlPlane.Storage;
using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>Releases in Azure Blob storage.</summary>
internal sealed class BlobReleaseStore(BlobServiceClient service) : IReleaseStore
{
    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Release.Container);

    public async Task<bool> TryAddAsync(Release release, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new() { IfNoneMatch = ETag.All },
            HttpHeaders = new() { ContentType = "application/yaml" },
            Metadata = new Dictionary<string, string> { [Release.VersionName] = $"{Release.FormatVersion}" },
        };
        try
        {
            await UploadAsync(release.Hash, BinaryData.FromString(release.Text), options, cancellation);
            return true;
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
        catch (Exception failure) when (failure is RequestFailedException { Status: 409 or 412 } || IsAway(failure, cancellation))
        {
            return await FindAsync(release.Hash, cancellation) is not null ? true : throw Away(failure);
        }
    }

    public async Task<Release?> FindAsync(string hash, CancellationToken cancellation)
    {
        if (await ReadAsync(hash, Release.MostBytes, cancellation) is not { } blob)
        {
            return null;
        }

        var version = blob.Details.Metadata.TryGetValue(Release.VersionName, out var format) ? format : null;
        var (release, problem) = Release.Read(hash, version, blob.Content);
        return release ?? throw Damaged(hash, problem!);
    }

    public Task<IReadOnlyList<StoredRelease>> ListAsync(string prefix, CancellationToken cancellation) => TryAsync<IReadOnlyList<StoredRelease>>(
        async () =>
        {
            var releases = new List<StoredRelease>();
            try
            {
                await foreach (var blob in _container.GetBlobsAsync(new() { Prefix = prefix }, cancellation))
                {
                    if (Release.IsHash(blob.Name))
                    {
                        releases.Add(new(blob.Name, blob.Properties.ContentLength ?? 0, Seconds(blob.Properties.CreatedOn ?? blob.Properties.LastModified)));
                    }
                }
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                // the container is made with the first release
            }

            return releases;
        },
        cancellation);

    public async Task<StoredPointer> ReadPointerAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(ReleasePointer.Blob, ReleasePointer.MostBytes, cancellation) is not { } blob)
        {
            return default;
        }

        var (pointer, problem) = ReleasePointerFormat.Read(blob.Content);
        return pointer is not null ? new(pointer, blob.Details.ETag.ToString()) : throw Damaged(ReleasePointer.Blob, problem!);
    }

    public async Task<bool> TryMoveAsync(ReleasePointer next, string? tag, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = tag is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = new ETag(tag) },
            HttpHeaders = new() { ContentType = "application/json" },
        };
        try
        {
            await UploadAsync(ReleasePointer.Blob, BinaryData.FromBytes(ReleasePointerFormat.Write(next)), options, cancellation);
            return true;
        }
        catch (Exception failure) when (failure is RequestFailedException { Status: 404 or 409 or 412 } || IsAway(failure, cancellation))
        {
            // The client repeats by itself, and an answer may be lost: the moves tell whether this one was made, also when another came after it.
            var stored = await ReadPointerAsync(cancellation);
            return stored.Pointer?.Moves.Any(move => move.Id == next.Last.Id) == true ? true
                : stored.Tag != tag ? false
                : throw Away(failure);
        }
    }

    private async Task UploadAsync(string name, BinaryData content, BlobUploadOptions options, CancellationToken cancellation)
    {
        var blob = _container.GetBlobClient(name);
        try
        {
            await blob.UploadAsync(content, options, cancellation);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await blob.UploadAsync(content, options, cancellation);
        }
    }

    // Null: there is none.
    private Task<(byte[] Content, BlobDownloadDetails Details)?> ReadAsync(string name, int mostBytes, CancellationToken cancellation) => TryAsync<(byte[], BlobDownloadDetails)?>(
        async () =>
        {
            try
            {
                using var blob = (await _container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancellation)).Value;
                if (blob.Details.ContentLength > mostBytes)
                {
                    throw Damaged(name, $"It is larger than {mostBytes} bytes.");
                }

                var content = new byte[blob.Details.ContentLength];
                await blob.Content.ReadExactlyAsync(content, cancellation);
                return (content, blob.Details);
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                return null;
            }
        },
        cancellation);

    private static DateTimeOffset Seconds(DateTimeOffset? moment) => DateTimeOffset.FromUnixTimeSeconds((moment ?? default).ToUnixTimeSeconds());

    private static bool IsAway(Exception failure, CancellationToken cancellation) => TableFailures.IsAway(failure, cancellation);

    private static StorageAwayException Away(Exception cause) => new($"Container {Release.Container} cannot be reached.", cause);

    private static DamagedRecordException Damaged(string name, string problem) => new($"{Release.Container}/{name}", problem);

    private static async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (IsAway(failure, cancellation))
        {
            throw Away(failure);
        }
    }
}
