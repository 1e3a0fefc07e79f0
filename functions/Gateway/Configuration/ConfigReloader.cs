using Microsoft.Extensions.Logging;

namespace Gateway.Configuration;

/// <summary>
/// Makes a snapshot of the configuration file and puts it in place of the one before, whole or not at all:
/// a file that is missing, wrong or half written leaves the old snapshot serving.
/// </summary>
internal sealed partial class ConfigReloader(ConfigSource source, ISnapshotCompiler compiler, SnapshotSource snapshots, ConfigMetrics metrics, ILogger<ConfigReloader> logger)
{
    private readonly Lock _gate = new();

    // The content of which a failure was reported; the same failure is not reported twice.
    private string? _reported;

    // The same for secrets that have changed since they were compiled in.
    private string? _reportedChange;

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
                Swap(load);
            }
            catch (SecretsLackException)
            {
                // Nothing was asked of the vault yet: nothing touches the network at start.
                Log.WaitsForSecrets(logger, source.Path, load.Release, load.Secrets.Count);
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
            var text = ConfigText.Read(source.Path);
            if (text.Release.Length > 0 && text.Release == snapshots.Current?.Release)
            {
                Recovered();
                return false;
            }

            var load = source.Parse(text);
            if (load.Config is null)
            {
                Refuse(load);
                return false;
            }

            return TrySwap(load);
        }
    }

    /// <summary>Takes over secrets that are compiled into the snapshot and have changed.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            try
            {
                if (snapshots.Current is { } current && compiler.Renew(current) is { } renewed)
                {
                    snapshots.Current = renewed;
                    _reportedChange = null;
                    Log.Renewed(logger, source.Path, renewed.Release);
                }
            }
            catch (SecretsLackException lack)
            {
                ReportChange(lack.Errors);
            }
        }
    }

    private bool TrySwap(ConfigLoad load)
    {
        try
        {
            Swap(load);
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
                Log.CannotCompile(logger, fault, source.Path, load.Release, snapshots.Current?.Release);
                metrics.Tried(ReloadOutcome.Failed);
            }

            return false;
        }
    }

    private void Swap(ConfigLoad load)
    {
        snapshots.Current = compiler.Compile(load);
        _reported = null;
        metrics.Tried(ReloadOutcome.Loaded);
        metrics.FileIs(broken: false);
        Log.Loaded(logger, source.Path, load.Release);
    }

    private void Refuse(ConfigLoad load)
    {
        if (!IsNews(load.Release))
        {
            return;
        }

        metrics.Tried(ReloadOutcome.Refused);
        Log.Refused(logger, source.Path, load.Errors.Count, snapshots.Current?.Release);
        Report(load.Errors);
    }

    private void Lack(ConfigLoad load, IReadOnlyList<ConfigError> errors)
    {
        // No errors: the vault has not answered yet, and will in a moment.
        if (errors.Count == 0 || !IsNews($"{load.Release} {Keys(errors)}"))
        {
            return;
        }

        metrics.Tried(ReloadOutcome.Lacking);
        Log.LacksSecrets(logger, source.Path, load.Release, errors.Count, snapshots.Current?.Release ?? "none");
        Report(errors);
    }

    private void ReportChange(IReadOnlyList<ConfigError> errors)
    {
        var change = Keys(errors);
        if (errors.Count > 0 && change != _reportedChange)
        {
            _reportedChange = change;
            metrics.Tried(ReloadOutcome.Lacking);
            Log.ChangeDoesNotFit(logger, source.Path);
            Report(errors);
        }
    }

    private void Report(IReadOnlyList<ConfigError> errors)
    {
        foreach (var error in errors)
        {
            Log.Mistake(logger, error);
        }
    }

    private static string Keys(IReadOnlyList<ConfigError> errors) => string.Join(' ', errors.Select(error => $"{error.Line}:{error.Column} {error.Problem}"));

    private bool IsNews(string release)
    {
        metrics.FileIs(broken: true);
        var isNews = _reported != release;
        _reported = release;
        return isNews;
    }

    private void Recovered()
    {
        if (_reported is not null)
        {
            _reported = null;
            metrics.FileIs(broken: false);
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

        [LoggerMessage(6, LogLevel.Information, "Configuration {Path}, release {Release}, names secrets in {Count} places. Nothing is served until they have been read from the vault.")]
        public static partial void WaitsForSecrets(ILogger logger, string path, string release, int count);

        [LoggerMessage(7, LogLevel.Error, "Configuration {Path}, release {Release}, lacks secrets in {Count} places and is tried again; meanwhile this release serves: {Current}.")]
        public static partial void LacksSecrets(ILogger logger, string path, string release, int count, string current);

        [LoggerMessage(8, LogLevel.Information, "Configuration {Path}, release {Release}, serves with secrets that have changed.")]
        public static partial void Renewed(ILogger logger, string path, string release);

        [LoggerMessage(9, LogLevel.Error, "Secrets that configuration {Path} names have changed to what does not fit; what they were before is used on.")]
        public static partial void ChangeDoesNotFit(ILogger logger, string path);
    }
}
