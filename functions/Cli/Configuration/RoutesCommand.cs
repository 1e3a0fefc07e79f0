using System.CommandLine;
using Cli.Terminals;
using Gateway;
using Gateway.Routing;
using static Cli.Terminals.Cells;

namespace Cli.Configuration;

/// <summary>gw routes: the routes of a configuration, or which of them takes a request and why.</summary>
internal static class RoutesCommand
{
    private static readonly Argument<string> File = ConfigCommand.File();
    private static readonly Argument<string?> Method = new("METHOD") { Description = "Method of a request, such as GET.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string?> Path = new("PATH") { Description = "Its path and query, such as /orders?page=2, or a whole url.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Host = new("--host") { Description = "Its host.", HelpName = "host" };
    private static readonly Option<string[]> Header = new("--header", "-H") { Description = "One of its headers; may be repeated.", HelpName = "name: value" };

    public static Command Create(Shell shell)
    {
        var command = new Command("routes", "List the routes, or say which of them takes a request and why.") { File, Method, Path, Host, Header };
        command.SetAction(parsed => Run(parsed, shell));
        return command;
    }

    private static int Run(ParseResult parsed, Shell shell)
    {
        var (file, method, path) = (parsed.GetRequiredValue(File), parsed.GetValue(Method), parsed.GetValue(Path));
        RouteQuestion? asked = method is null ? null : RequestLine.Read(method, path, parsed.GetValue(Host), parsed.GetValue(Header) ?? []);
        if (asked is null && (parsed.GetResult(Host) ?? parsed.GetResult(Header)) is not null)
        {
            throw CommandException.Usage("--host and --header belong to a request.", $"Write: gw routes {file} GET /path --host …");
        }

        var load = ConfigCommand.Load(shell, file);
        var table = RouteTable.Build(EffectiveRoute.AllOf(load.Config ?? throw ConfigCommand.Broken(file, load)));
        var (terminal, json) = (new Terminal(shell), parsed.GetValue(Switches.Json));
        return asked is null ? List(table, terminal, json) : Explain(table, asked.Value, terminal, json);
    }

    private static int List(RouteTable table, Terminal terminal, bool json)
    {
        var routes = table.Routes.Select(RouteRows.Of).ToList();
        if (json)
        {
            terminal.Json(new(routes), ConfigJson.Default.RouteList);
            return ExitCodes.Done;
        }

        terminal.Rows(["Route", "Methods", "Path", "Auth", "Limits", "Action"], routes.SelectMany(route => route.Matches.Select(match => (string[])
        [
            Cell(route.Name),
            match.Methods.Count == 0 ? "ANY" : Cell(match.Methods),
            Cell(string.Join(" & ", [$"{route.Host}{match.Path}", .. match.Conditions])),
            Cell(route.Auth),
            Cell(route.Limits),
            Cell($"{route.Action} {route.Target}".Trim()),
        ])));
        return ExitCodes.Done;
    }

    private static int Explain(RouteTable table, RouteQuestion asked, Terminal terminal, bool json)
    {
        var verdicts = table.Explain(asked);
        var winner = verdicts.FirstOrDefault(verdict => verdict.Outcome == RouteOutcome.Won)?.Route;
        string[] allow = winner is null ? [.. table.MethodsFor(asked)] : [];
        if (json)
        {
            var candidates = verdicts.Select(verdict => new Candidate(verdict.Route, verdict.Match, Name(verdict.Outcome), verdict.Reason));
            var host = asked.Host.Length == 0 ? null : asked.Host;
            terminal.Json(new(asked.Method, host, asked.Path, asked.Query, winner, allow, [.. candidates]), ConfigJson.Default.Choice);
        }
        else
        {
            terminal.Line($"[bold]{Terminal.Escape($"{asked.Method} {asked.Host}{asked.Path}{asked.Query}")}[/] {Answer(asked, winner, allow)}");
            terminal.Rows(["Route", "Match", "Result", "Why"], verdicts.Select(verdict => (string[])[Cell(verdict.Route), Cell(verdict.Match), Mark(verdict.Outcome), Cell(verdict.Reason)]));
        }

        return winner is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static string Answer(RouteQuestion asked, string? winner, string[] allow) => (winner, allow) switch
    {
        ({ } route, _) => $"is taken by [green]{Terminal.Escape(route)}[/].",
        (_, []) => "is taken by [red]no route[/]: the gateway answers 404.",
        _ when asked.Method == "OPTIONS" => $"is answered by [yellow]the gateway itself[/]: 204, Allow: {Terminal.Escape(string.Join(", ", allow))}",
        _ => $"is taken by [red]no route[/]: the gateway answers 405, Allow: {Terminal.Escape(string.Join(", ", allow))}",
    };

    private static string Name(RouteOutcome outcome) => outcome switch
    {
        RouteOutcome.Won => "won",
        RouteOutcome.Lost => "lost",
        _ => "noMatch",
    };

    private static string Mark(RouteOutcome outcome) => outcome switch
    {
        RouteOutcome.Won => "[green]wins[/]",
        RouteOutcome.Lost => "[yellow]loses[/]",
        _ => "[grey]no[/]",
    };
}
