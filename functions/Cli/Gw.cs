using System.CommandLine;
using System.CommandLine.Invocation;
using Cli.Configuration;
using Cli.Local;
using Cli.Management;
using Cli.Terminals;

namespace Cli;

/// <summary>The operator's command: its table of contents, and how every way to end becomes an exit code.</summary>
internal static class Gw
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Shell shell)
    {
        var root = Commands(shell);
        // "@name" would read arguments from a file: nobody expects that of a consumer's name
        var parsed = root.Parse(args.Count == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var terminal = new Terminal(shell);
        if (parsed.Action is ParseErrorAction)
        {
            return Usage(parsed, terminal);
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = shell.Out, Error = shell.Error };
            return await parsed.InvokeAsync(invocation, shell.Stopping);
        }
        catch (CommandException failure)
        {
            terminal.Fail(failure.Problem, failure.Mend);
            return failure.ExitCode;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            terminal.Fail(failure.Message, "");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            terminal.Fail("Stopped before it was done.", "Run it again.");
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Commands(Shell shell) => new("gw: the operator's command of ServerlessGateway.")
    {
        InitCommand.Create(shell),
        ValidateCommand.Create(shell),
        RoutesCommand.Create(shell),
        TokenCommand.Create(shell),
        ConsumersCommand.Create(shell),
        KeysCommand.Create(shell),
        Switches.Json,
    };

    private static int Usage(ParseResult parsed, Terminal terminal)
    {
        var path = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            path.Insert(0, command.Command is RootCommand ? "gw" : command.Command.Name);
        }

        var subcommands = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        var choice = subcommands.Count > 0 ? $"One of: {string.Join(", ", subcommands)}. " : "";
        terminal.Fail(string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct()), $"{choice}See {string.Join(' ', path)} --help");
        return ExitCodes.Usage;
    }
}
