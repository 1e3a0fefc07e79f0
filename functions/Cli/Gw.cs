using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Cli.Configuration;
using Cli.Local;
using Cli.Management;
using Cli.Management.Certificates;
using Cli.Management.Releases;
using Cli.Terminals;
using Gateway.Configuration;

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
        var unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : args.Contains("--") ? null : MistakenOption(parsed);
        if (parsed.Action is ParseErrorAction || (unknown is not null && parsed.Action is not HelpAction))
        {
            return Usage(parsed, unknown, terminal);
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
        LimitsCommand.Create(shell),
        CertsCommand.Create(shell),
        ApplyCommand.Create(shell),
        ReleasesCommand.Create(shell),
        RollbackCommand.Create(shell),
        Switches.Json,
    };

    // The parser takes an option that it does not know for an argument: "gw consumers remove --ys" would be about a consumer of that name.
    private static string? MistakenOption(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).FirstOrDefault(value => value is ['-', _, ..]);

    private static int Usage(ParseResult parsed, string? unknown, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var subcommands = command.Subcommands.Select(one => one.Name).ToList();
        var problem = (unknown, subcommands) switch
        {
            (null, _) => string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct()),
            (['-', ..], _) => $"{Path(parsed)} has no option '{unknown}'.",
            (_, []) => $"'{unknown}' is too much for {Path(parsed)}.",
            _ => $"{Path(parsed)} has no command '{unknown}'.",
        };
        var known = unknown is ['-', ..] ? command.Options.Append(Switches.Json).Select(option => option.Name) : subcommands;
        var mend = unknown is not null && NearestName.Find(unknown, known) is { } nearest ? $"Did you mean '{nearest}'? "
            : subcommands.Count > 0 ? $"One of: {string.Join(", ", subcommands)}. "
            : "";
        terminal.Fail(problem, $"{mend}See {Path(parsed)} --help");
        return ExitCodes.Usage;
    }

    private static string Path(ParseResult parsed)
    {
        var path = new List<string>();
        for (var part = parsed.CommandResult; part is not null; part = part.Parent as CommandResult)
        {
            path.Insert(0, part.Command is RootCommand ? "gw" : part.Command.Name);
        }

        return string.Join(' ', path);
    }
}
