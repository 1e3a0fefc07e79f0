using Microsoft.Extensions.Logging;

namespace Gateway.Configuration;

/// <remarks>
/// A release takes the file's place as soon as it is known that there is one, also while it cannot be read or is wrong: then what serves stays,
/// and a change of the file changes nothing. Every setting is as new as the last move or the file, whichever is newer, so that instances that were
/// deployed with other files agree on which numbers of a limit count.
/// </remarks>
internal sealed partial class ConfigReloader
{
    // The release that is to serve in the file's place. Null: the file is.
    private string? _release;

    // When it was decided what is to serve, in seconds of Unix time.
    private long _decidedAt;

    // The file's content that is known not to be taken over.
    private string? _passedOver;

    /// <summary>From now on a release is to serve. What serves stays until it is taken.</summary>
    /// <param name="release">Its id.</param>
    /// <param name="since">When that was decided.</param>
    public void FollowRelease(string release, DateTimeOffset since)
    {
        lock (_gate)
        {
            _decidedAt = since.ToUnixTimeSeconds();
            if (_release != release)
            {
                _release = release;
                _passedOver = ReadFile().Release;
                Begin();
                Log.Follows(logger, release, source.Path);
            }
        }
    }

    /// <summary>Takes the text of the release that is to serve; true when it serves. A text that failed may be tried again.</summary>
    public bool TakeRelease(string text)
    {
        lock (_gate)
        {
            return TryTake(ConfigText.Of(text) with { WrittenAt = ReadFile().WrittenAt }, $"release {_release}");
        }
    }

    /// <summary>The release that is to serve is there and cannot be read.</summary>
    /// <param name="problem">Why, as a sentence.</param>
    public void RefuseRelease(string problem)
    {
        lock (_gate)
        {
            if (IsNews($"{_release}: {problem}"))
            {
                metrics.Tried(ReloadOutcome.Refused);
                Log.Unreadable(logger, _release, problem, snapshots.Current?.Release);
            }
        }
    }

    /// <summary>The file is to serve again. One that is wrong is tried at each <see cref="Poll"/>, as ever.</summary>
    /// <param name="since">When that was decided.</param>
    public void FollowFile(DateTimeOffset since)
    {
        lock (_gate)
        {
            _decidedAt = since.ToUnixTimeSeconds();
            if (_release is not null)
            {
                Log.FollowsFile(logger, source.Path, _release);
                _release = null;
                Begin();
            }

            var text = ReadFile();
            if (text.Release != snapshots.Current?.Release || text.WrittenAt > snapshots.Current.Config.Revision)
            {
                TryTake(text, source.Path);
            }
        }
    }

    private ConfigText ReadFile()
    {
        var text = ConfigText.Read(source.Path);
        return text with { WrittenAt = Math.Max(text.WrittenAt, _decidedAt) };
    }

    // What was said of the one before says nothing of this one.
    private void Begin()
    {
        _reported = null;
        metrics.ConfigIs(broken: false);
    }

    private void PassOver(ConfigText file)
    {
        if (file.Release.Length > 0 && file.Release != _passedOver)
        {
            _passedOver = file.Release;
            Log.PassedOver(logger, source.Path, _release);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6, LogLevel.Information, "Release {Release} is to serve in place of {Path}.")]
        public static partial void Follows(ILogger logger, string release, string path);

        [LoggerMessage(7, LogLevel.Information, "{Path} is to serve again, in place of release {Release}.")]
        public static partial void FollowsFile(ILogger logger, string path, string release);

        [LoggerMessage(8, LogLevel.Warning, "The change of {Path} is not taken over: release {Release} serves in its place. `gw apply` makes a release of the file, `gw releases clear` serves the file again.")]
        public static partial void PassedOver(ILogger logger, string path, string? release);

        [LoggerMessage(9, LogLevel.Error, "Release {Release} cannot be read: {Problem} Release {Current} serves on.")]
        public static partial void Unreadable(ILogger logger, string? release, string problem, string? current);
    }
}
