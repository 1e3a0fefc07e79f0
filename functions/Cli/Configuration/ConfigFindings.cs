using Cli.Terminals;
using Gateway.Configuration;
using Gateway.Limits;

namespace Cli.Configuration;

/// <summary>The mistakes in a configuration, as every command shows them.</summary>
internal static class ConfigFindings
{
    /// <param name="path">Where the file is, for quoting it.</param>
    /// <param name="file">What the operator calls it.</param>
    public static void Write(Terminal terminal, string path, string file, ConfigLoad load, bool json)
    {
        if (json)
        {
            terminal.Json(Document(file, load, null, null), ConfigJson.Default.Validation);
        }
        else
        {
            Report(terminal, new(path), file, load.Errors);
        }
    }

    /// <summary>What --json writes of a file, right or not.</summary>
    public static Validation Document(string file, ConfigLoad load, Counts? counts, IReadOnlyList<LimitPromise>? limits)
    {
        var findings = load.Errors.Select(error => new Finding(file, error.Line, error.Column, error.Path, error.Problem, error.Mend, error.NotSupportedYet));
        return new(file, counts is not null, load.Release.Length == 0 ? null : load.Release, counts, limits, [.. findings]);
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
}
