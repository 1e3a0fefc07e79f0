using System.CommandLine;
using Cli.Terminals;
using Gateway;
using Gateway.Configuration;
using Gateway.Limits;

namespace Cli.Configuration;

/// <summary>gw validate: every mistake in a configuration, each with its place.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<string> File = ConfigCommand.File();
    private static readonly Option<GatewayHost> Host = ConfigCommand.Host();

    public static Command Create(Shell shell)
    {
        var command = new Command("validate", "Check a configuration and show every mistake in it.") { File, Host };
        command.SetAction(parsed => Run(parsed, shell));
        return command;
    }

    private static int Run(ParseResult parsed, Shell shell)
    {
        var file = parsed.GetRequiredValue(File);
        var load = ConfigCommand.Load(shell, file, parsed.GetValue(Host));
        var counts = load.Config is null ? null : Count(load.Config);
        var limits = load.Config?.Limits.Select(limit => LimitPromise.Of(limit.Key, limit.Value, load.Config.Plans)).ToList();
        var terminal = new Terminal(shell);
        if (parsed.GetValue(Switches.Json))
        {
            var findings = load.Errors.Select(error => new Finding(file, error.Line, error.Column, error.Path, error.Problem, error.Mend, error.NotSupportedYet));
            terminal.Json(new(file, counts is not null, Text(load.Release), counts, limits, [.. findings]), ConfigJson.Default.Validation);
        }
        else if (counts is not null)
        {
            var holds = $"{ConfigCommand.Count(counts.Routes, "route")}, {ConfigCommand.Count(counts.Services, "service")}, {ConfigCommand.Count(counts.Limits, "limit")}";
            terminal.Line($"[green]{Terminal.Escape(file)} is valid:[/] {holds} [grey](release {load.Release})[/]");
            limits!.ForEach(limit => Show(terminal, limit));
        }
        else
        {
            Report(terminal, new(ConfigCommand.FullPath(shell, file)), file, load.Errors);
        }

        return counts is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Show(Terminal terminal, LimitPromise limit)
    {
        terminal.Line($"  limit [bold]{Terminal.Escape(limit.Name)}[/]: {Terminal.Escape(limit.Bound)}");
        terminal.Line($"    [grey]cost: {Terminal.Escape(limit.Cost)}[/]");
    }

    private static void Report(Terminal terminal, Quotation quotation, string file, IReadOnlyList<ConfigError> errors)
    {
        foreach (var error in errors)
        {
            var kind = error.NotSupportedYet ? "[yellow]not supported yet:[/]" : "[red]error:[/]";
            terminal.Line($"[bold]{Terminal.Escape(file)}:{error.Line}:{error.Column}:[/] {kind} {Terminal.Escape(error.Problem)}");
            foreach (var line in quotation.Of(error.Line, error.Column))
            {
                terminal.Line(line);
            }

            var place = error.Path.Count == 0 ? "" : $" [grey](at {Terminal.Escape(string.Join('.', error.Path))})[/]";
            terminal.Line($"  {Terminal.Escape(error.Mend)}{place}");
            terminal.Line("");
        }

        var later = errors.Count(error => error.NotSupportedYet);
        var which = later == 0 ? "" : errors.Count == 1 ? ":" : later == errors.Count ? ": all" : $", {later} of them";
        var notYet = later == 0 ? "" : $"{which} not supported yet by this version";
        terminal.Line($"[red]{Terminal.Escape(file)} has {ConfigCommand.Count(errors.Count, "error")}[/]{notYet}.");
    }

    private static Counts Count(GatewayConfig config) => new(config.Routes.Count + config.Apis.Values.Sum(api => api.Routes.Count), config.Services.Count, config.Limits.Count);

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
