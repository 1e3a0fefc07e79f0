using Microsoft.Extensions.Logging;

namespace Gateway.Configuration;

/// <remarks>
/// A configuration whose secrets are not all there is tried again like one that could not be compiled: what serves stays. Where nothing serves yet,
/// because the vault was never asked before the start, every request is refused until they are there.
/// </remarks>
internal sealed partial class ConfigReloader
{
    // What was said of secrets that have changed to what does not fit; the same is not said twice.
    private string? _reportedChange;

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
                    Log.Renewed(logger, renewed.Release);
                }
            }
            catch (SecretsLackException lack)
            {
                ReportChange(lack.Errors);
            }
        }
    }

    private void Wait(ConfigLoad load) => Log.WaitsForSecrets(logger, load.Release, load.Secrets.Count);

    private void Lack(ConfigLoad load, IReadOnlyList<ConfigError> errors)
    {
        // No errors: the vault has not answered yet, and will in a moment.
        if (errors.Count > 0 && IsNews($"{load.Release} {Text(errors)}"))
        {
            metrics.Tried(ReloadOutcome.Lacking);
            Log.LacksSecrets(logger, load.Release, errors.Count, snapshots.Current?.Release ?? "none");
            Report(errors);
        }
    }

    private void ReportChange(IReadOnlyList<ConfigError> errors)
    {
        var change = Text(errors);
        if (change != _reportedChange)
        {
            _reportedChange = change;
            metrics.Tried(ReloadOutcome.Lacking);
            Log.ChangeDoesNotFit(logger);
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

    private static string Text(IReadOnlyList<ConfigError> errors) => string.Join('\n', errors);

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Information, "Release {Release} names secrets in {Count} places. Nothing is served until they have been read from the vault.")]
        public static partial void WaitsForSecrets(ILogger logger, string release, int count);

        [LoggerMessage(21, LogLevel.Error, "Release {Release} lacks secrets in {Count} places and is tried again. Meanwhile serves: {Current}.")]
        public static partial void LacksSecrets(ILogger logger, string release, int count, string current);

        [LoggerMessage(22, LogLevel.Information, "Release {Release} serves with secrets that have changed.")]
        public static partial void Renewed(ILogger logger, string release);

        [LoggerMessage(23, LogLevel.Error, "Secrets have changed to what cannot stand where they are named; what they were before is used on.")]
        public static partial void ChangeDoesNotFit(ILogger logger);
    }
}
