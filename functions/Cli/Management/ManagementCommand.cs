using System.CommandLine;
using Cli.Azure;
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

    public static readonly Option<bool> Azd = new("--azd")
    {
        Description = "The deployment of azd's current environment: its address from there, its key from the control plane's vault, read as you are signed in to azd.",
        Recursive = true,
    };

    /// <summary>One call of a command: its options, a client for it and where its answer goes.</summary>
    public sealed record Call(ParseResult Parsed, ManagementClient Api, Terminal Terminal, Shell Shell, CancellationToken Cancel)
    {
        public bool Json => Parsed.GetValue(Switches.Json);

        public DateTimeOffset Now => Shell.Time.GetUtcNow();
    }

    /// <summary>The API that the command's options name.</summary>
    public static async Task<ManagementClient> OpenAsync(ParseResult parsed, Shell shell, CancellationToken cancel) => ManagementClient.To(await FindAsync(parsed, shell, cancel));

    private static async Task<ManagementAddress> FindAsync(ParseResult parsed, Shell shell, CancellationToken cancel)
    {
        var url = parsed.GetValue(Url);
        return !parsed.GetValue(Azd) ? ManagementAddress.Find(shell, url)
            : url is null ? await AzdDeployment.FindAsync(shell, cancel)
            : throw CommandException.Usage("--azd and --url name two addresses.", "Give one of them.");
    }

    public static Command Does(this Command command, Shell shell, Func<Call, Task> run)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var api = await OpenAsync(parsed, shell, cancel);
            await run(new(parsed, api, new(shell), shell, cancel));
            return ExitCodes.Done;
        });
        return command;
    }
}
