using System.CommandLine;
using Cli.Terminals;
using Gateway;
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
            terminal.Json(ConfigFindings.Document(file, load, counts, limits), ConfigJson.Default.Validation);
        }
        else if (counts is not null)
        {
            var holds = $"{ConfigCommand.Count(counts.Routes, "route")}, {ConfigCommand.Count(counts.Services, "service")}, {ConfigCommand.Count(counts.Limits, "limit")}";
            terminal.Line($"[green]{Terminal.Escape(file)} is valid:[/] {holds} [grey](release {load.Release})[/]");
            limits!.ForEach(limit => Show(terminal, limit));
        }
        else
        {
            ConfigFindings.Write(terminal, ConfigCommand.FullPath(shell, file), file, load, json: false);
        }

        return counts is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Show(Terminal terminal, LimitPromise limit)
    {
        terminal.Line($"  limit [bold]{Terminal.Escape(limit.Name)}[/]: {Terminal.Escape(limit.Bound)}");
        terminal.Line($"    [grey]cost: {Terminal.Escape(limit.Cost)}[/]");
    }

    private static Counts Count(GatewayConfig config) => new(config.Routes.Count + config.Apis.Values.Sum(api => api.Routes.Count), config.Services.Count, config.Limits.Count);
}
