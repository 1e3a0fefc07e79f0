using System.CommandLine;
using System.Globalization;
using Cli.Terminals;
using static Cli.Management.ManagementCommand;
using static Cli.Terminals.Cells;

namespace Cli.Management.Releases;

/// <summary>gw releases: the configurations that were applied, and which of them serves.</summary>
internal static class ReleasesCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "The release's id, as gw releases shows it." };
    private static readonly Option<int?> Limit = new("--limit") { Description = "At most so many. Default: 50.", HelpName = "number" };

    public static Command Create(Shell shell) => new Command("releases", "List releases, show one, or go back to the packaged file.")
    {
        new Command("show", "Show a release's configuration.") { Id }.Does(shell, ShowAsync),
        new Command("clear", "Have every instance serve the file again that it was deployed with.") { ReleasePointer.Expect, Switches.Yes }.Does(shell, ClearAsync),
        Limit,
        ManagementCommand.Url,
        ManagementCommand.Azd,
    }.Does(shell, ListAsync);

    private static async Task ListAsync(Call call)
    {
        var path = call.Parsed.GetValue(Limit) is { } limit ? $"releases?limit={limit}" : "releases";
        var list = await call.Api.GetAsync(path, ManagementJson.Default.ReleaseList, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(list, ManagementJson.Default.ReleaseList);
            return;
        }

        call.Terminal.Line(Sentence(list.Current, call.Now));
        if (list.Releases.Count == 0)
        {
            call.Terminal.Note("There are no releases. Make one with: gw apply FILE");
            return;
        }

        call.Terminal.Rows(["Release", "State", "Activated", "By", "Size", "Stored", "Note"], list.Releases.Select(release => Row(release, list.Previous)));
    }

    private static async Task ShowAsync(Call call)
    {
        var content = await call.Api.GetAsync($"releases/{Calls.Segment(call.Parsed.GetRequiredValue(Id), "release")}", ManagementJson.Default.ReleaseContent, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(content, ManagementJson.Default.ReleaseContent);
            return;
        }

        call.Terminal.Text(content.Text);
        var release = content.Release;
        call.Terminal.Note($"Release {release.Id}, {(release.Current ? "current" : "not current")}. The same text is the same release: gw apply it, or gw rollback {release.Id}");
    }

    private static async Task ClearAsync(Call call)
    {
        var seen = await ReleasePointer.LookAsync(call);
        if (seen.Current?.Release is not { } current)
        {
            throw new CommandException("No release is current: the packaged file serves already.", "");
        }

        call.Terminal.Confirm($"Serve the packaged file again, in place of release {current}? Each instance has the file that it was deployed with.", call.Parsed.GetValue(Switches.Yes));
        var moved = await ReleasePointer.ClearAsync(call, seen);
        if (call.Json)
        {
            call.Terminal.Json(moved, ManagementJson.Default.ReleaseMoved);
            return;
        }

        call.Terminal.Line($"[green]The packaged file serves again[/], in place of {ReleasePointer.Before(seen, moved.Replaced, call.Now)}");
        call.Terminal.Note("Instances follow within 10 s. Back again with: gw rollback");
    }

    private static string Sentence(ReleaseMove? move, DateTimeOffset now)
    {
        var since = move is null ? "" : $" [grey](since {Durations.Age(now - move.At)}, by {Terminal.Escape(move.By)})[/]";
        return move?.Release is { } release ? $"Release [green]{Terminal.Escape(release)}[/] serves{since}" : $"No release is current: [bold]the packaged file[/] serves{since}";
    }

    private static string[] Row(Release release, string? previous) =>
    [
        Cell(release.Id),
        release.Current ? "[green]current[/]" : release.Id == previous ? "previous" : Cell(""),
        Cell(release.Activated),
        Cell(release.By),
        release.Size < 1024 ? $"{release.Size}B" : string.Create(CultureInfo.InvariantCulture, $"{release.Size / 1024m:0.0}KB"),
        Cell(release.Stored),
        Cell(release.Note),
    ];
}
