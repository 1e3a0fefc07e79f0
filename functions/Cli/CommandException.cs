namespace Cli;

/// <summary>Ends a command: what is wrong and what to do, for standard error.</summary>
internal sealed class CommandException(string problem, string mend, int exitCode = ExitCodes.Failed) : Exception(problem)
{
    public string Problem => Message;

    public string Mend => mend;

    public int ExitCode => exitCode;

    /// <summary>The command was not understood; nothing was tried.</summary>
    public static CommandException Usage(string problem, string mend) => new(problem, mend, ExitCodes.Usage);
}
