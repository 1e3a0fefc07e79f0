using Microsoft.Extensions.Logging;

namespace Gateway.Configuration;

/// <summary>
/// Makes a snapshot of the configuration file, or of the release that serves in its place, and puts it in place of the one before, whole or
/// not at all: one that is missing, wrong or half written leaves the old snapshot serving.
/// </summary>
internal sealed partial class ConfigReloader(ConfigSource source, ISnapshotCompiler compiler, SnapshotSource snapshots, ConfigMetrics metrics, ILogger<ConfigReloader> logger)
{
    private readonly Lock _gate = new();

    // The content of which a failure was reported; the same failure is not reported twice.
    private string? _reported;

    /// <summary>Loads for the first time: an error stops the start.</summary>
    /// <exception cref="ConfigException">The file is wrong; holds every mistake.</exception>
    public void Start()
    {
        lock (_gate)
        {
            var load = source.Parse(ConfigText.Read(source.Path));
            if (load.Config is null)
            {
                throw new ConfigException(load.Errors);
            }

            try
            {
                Swap(load, source.Path);
            }
            catch (SecretsLackException)
            {
                Wait(load);
            }
        }
    }

    /// <summary>Looks at the file; true when a new snapshot serves.</summary>
    /// <remarks>
    /// The content is compared, not its time stamp: two writes can bear the same one, and the file is small.
    /// A content that failed is tried again each time, for it may not be what was wrong.
    /// </remarks>
    public bool Poll()
    {
        lock (_gate)
        {
            var text = ReadFile();
            // Where nothing serves yet, the file does until the release can.
            if (_release is not null && snapshots.Current is not null)
            {
                PassOver(text);
                return false;
            }

            if (text.Release.Length > 0 && text.Release == snapshots.Current?.Release)
            {
                Recovered();
                return false;
            }

            return TryTake(text, source.Path);
        }
    }

    private bool TryTake(ConfigText text, string name)
    {
        var load = source.Parse(text, name);
        if (load.Config is null)
        {
            Refuse(load, name);
            return false;
        }

        return TrySwap(load, name);
    }

    private bool TrySwap(ConfigLoad load, string name)
    {
        try
        {
            Swap(load, name);
            return true;
        }
        catch (SecretsLackException lack)
        {
            Lack(load, lack.Errors);
            return false;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            if (IsNews(load.Release))
            {
                Log.CannotCompile(logger, fault, name, load.Release, snapshots.Current?.Release);
                metrics.Tried(ReloadOutcome.Failed);
            }

            return false;
        }
    }

    private void Swap(ConfigLoad load, string name)
    {
        snapshots.Current = compiler.Compile(load);
        _reported = null;
        metrics.Tried(ReloadOutcome.Loaded);
        metrics.ConfigIs(broken: false);
        Log.Loaded(logger, name, load.Release);
        source.Loaded?.Invoke(load.Config!);
    }

    private void Refuse(ConfigLoad load, string name)
    {
        if (!IsNews(load.Release))
        {
            return;
        }

        metrics.Tried(ReloadOutcome.Refused);
        Log.Refused(logger, name, load.Errors.Count, snapshots.Current?.Release);
        foreach (var error in load.Errors)
        {
            Log.Mistake(logger, error);
        }
    }

    private bool IsNews(string release)
    {
        metrics.ConfigIs(broken: true);
        var isNews = _reported != release;
        _reported = release;
        return isNews;
    }

    private void Recovered()
    {
        if (_reported is not null)
        {
            _reported = null;
            metrics.ConfigIs(broken: false);
            Log.Back(logger, source.Path, snapshots.Current?.Release);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Configuration {Path} loaded: release {Release}.")]
        public static partial void Loaded(ILogger logger, string path, string release);

        [LoggerMessage(2, LogLevel.Error, "Configuration {Path} has mistakes: {Count}. Release {Current} serves on.")]
        public static partial void Refused(ILogger logger, string path, int count, string? current);

        [LoggerMessage(3, LogLevel.Error, "{Mistake}")]
        public static partial void Mistake(ILogger logger, ConfigError mistake);

        [LoggerMessage(4, LogLevel.Error, "Configuration {Path}, release {Release}, could not be compiled; release {Current} serves on.")]
        public static partial void CannotCompile(ILogger logger, Exception fault, string path, string release, string? current);

        [LoggerMessage(5, LogLevel.Information, "Configuration {Path} is again what serves: release {Release}.")]
        public static partial void Back(ILogger logger, string path, string? release);
    }
}
