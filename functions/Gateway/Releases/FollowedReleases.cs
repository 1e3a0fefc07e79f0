using Azure;
using Gateway.Configuration;
using Gateway.Storage;
using Microsoft.Extensions.Logging;
using Records.Releases;

namespace Gateway.Releases;

/// <summary>
/// Follows the pointer, one look at a time.
/// 1. The pointer is read when it has changed.
/// 2. A release that it names is read, checked against its hash, and taken in place of the file; a pointer that names none brings the file back.
/// 3. What did not come to its end is tried again at the next look. Until then what serves stays, whatever is wrong, and that is said once.
/// </summary>
internal sealed partial class FollowedReleases(
    IReleaseBlobs blobs, ConfigReloader reloader, ConfigMetrics metrics, StorageMetrics storage, ILogger<FollowedReleases> logger)
{
    private string? _tag;
    private ReleasePointer? _pointer;

    // The release that was read last, so that one which could not be taken need not be read again.
    private Release? _release;

    // The move that was carried out.
    private string? _done;

    // What is wrong with the pointer, as it was said. Null: nothing.
    private string? _trouble;

    // Why storage did not answer in this look, and whether that was said. Null: it did.
    private Exception? _failure;
    private bool _isAway;

    public async Task LookAsync(CancellationToken cancellation)
    {
        _failure = null;
        if (await ReadPointerAsync(cancellation) && _pointer?.Last is { } move && move.Id != _done)
        {
            await FollowAsync(move, cancellation);
        }

        SayOnce();
    }

    private async Task FollowAsync(ReleaseMove move, CancellationToken cancellation)
    {
        if (move.Release is null)
        {
            reloader.FollowFile(move.At);
            _done = move.Id;
            return;
        }

        reloader.FollowRelease(Release.IdOf(move.Release), move.At);
        if (await ReadReleaseAsync(move.Release, cancellation) is { } release && reloader.TakeRelease(release.Text))
        {
            _done = move.Id;
        }
    }

    /// <summary>False: it is not known what the pointer says now.</summary>
    private async Task<bool> ReadPointerAsync(CancellationToken cancellation)
    {
        var reading = await ReadAsync(ReleasePointer.Blob, _tag, ReleasePointer.MostBytes, cancellation);
        return reading.Outcome switch
        {
            BlobOutcome.Read => Understand(reading),
            BlobOutcome.TooLarge => Distrust($"It is larger than {ReleasePointer.MostBytes} bytes."),
            // Clearing leaves a pointer that says so: whoever removed the blob meant something else.
            BlobOutcome.Missing when _pointer is not null => Distrust("It is gone."),
            BlobOutcome.Unchanged => Trust(),
            _ => false,
        };
    }

    private bool Understand(BlobReading reading)
    {
        var (pointer, problem) = ReleasePointerFormat.Read(reading.Content.Span);
        if (pointer is null)
        {
            return Distrust(problem!);
        }

        (_pointer, _tag) = (pointer, reading.Tag);
        return Trust();
    }

    private async Task<Release?> ReadReleaseAsync(string hash, CancellationToken cancellation)
    {
        if (_release?.Hash == hash)
        {
            return _release;
        }

        var reading = await ReadAsync(hash, null, Release.MostBytes, cancellation);
        var (release, problem) = reading.Outcome switch
        {
            BlobOutcome.Read => Release.Read(hash, reading.Version, reading.Content.Span),
            BlobOutcome.TooLarge => (null, $"It is larger than {Release.MostBytes} bytes."),
            BlobOutcome.Failed => (null, null),
            _ => (null, "It is not there."),
        };
        if (problem is not null)
        {
            reloader.RefuseRelease(problem);
        }

        return _release = release;
    }

    private async Task<BlobReading> ReadAsync(string name, string? tag, int mostBytes, CancellationToken cancellation)
    {
        var reading = await blobs.ReadAsync(name, tag, mostBytes, cancellation);
        storage.Read(Release.Container, reading.Failure is null ? StorageOutcome.Answered : StorageOutcome.Failed);
        _failure ??= reading.Failure;
        return reading;
    }

    private bool Trust()
    {
        if (_trouble is not null)
        {
            _trouble = null;
            metrics.ConfigIs(broken: false);
        }

        return true;
    }

    private bool Distrust(string problem)
    {
        if (_trouble != problem)
        {
            _trouble = problem;
            metrics.Tried(ReloadOutcome.Refused);
            metrics.ConfigIs(broken: true);
            Log.BadPointer(logger, problem);
        }

        return false;
    }

    private void SayOnce()
    {
        if (_failure is not null && !_isAway)
        {
            if (_failure is RequestFailedException { Status: 401 or 403 })
            {
                Log.Denied(logger, _failure, Release.Container);
            }
            else
            {
                Log.Away(logger, _failure);
            }
        }
        else if (_failure is null && _isAway)
        {
            Log.Back(logger);
        }

        _isAway = _failure is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Releases cannot be read: what serves stays until storage answers.")]
        public static partial void Away(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "Releases can be read again.")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(4, LogLevel.Error, "Releases may not be read by this process: give its identity the role Storage Blob Data Reader on the container {Container}. What serves stays.")]
        public static partial void Denied(ILogger logger, Exception exception, string container);

        [LoggerMessage(3, LogLevel.Error, "The pointer to the release that is to serve cannot be followed: {Problem} What serves stays.")]
        public static partial void BadPointer(ILogger logger, string problem);
    }
}
