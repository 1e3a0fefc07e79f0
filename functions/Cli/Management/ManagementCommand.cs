using System.CommandLine;
using Cli.Terminals;

namespace Cli.Management;

/// <summary>What all commands share that call the management API: the client, the terminal and the form of their answers.</summary>
internal static class ManagementCommand
{
    public static readonly Option<string?> Url = new("--url")
    {
        Description = "Address of the management API. Default: MANAGE_URL, or what scripts/run wrote. Its key is MANAGE_KEY, never an option.",
        HelpName = "url",
        Recursive = true,
    };

    /// <summary>One call of a command: its options, a client for it and where its answer goes.</summary>
    public sealed record Call(ParseResult Parsed, ManagementClient Api, Terminal Terminal, Shell Shell, CancellationToken Cancel)
    {
        public bool Json => Parsed.GetValue(Switches.Json);

        public DateTimeOffset Now => Shell.Time.GetUtcNow();
    }

    public static Command Does(this Command command, Shell shell, Func<Call, Task> run)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var api = ManagementClient.Open(shell, parsed.GetValue(Url));
            await run(new(parsed, api, new(shell), shell, cancel));
            return ExitCodes.Done;
        });
        return command;
    }
}
