namespace Cli;

/// <summary>What the shell is told.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Problems were found, or it could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command was not understood; nothing was tried.</summary>
    public const int Usage = 2;
}
