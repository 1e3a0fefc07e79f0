using System.CommandLine;
using Cli.Terminals;
using static Cli.Management.ManagementCommand;

namespace Cli.Management.Releases;

/// <summary>gw rollback: back to a release that served before.</summary>
internal static class RollbackCommand
{
    private static readonly Argument<string?> Id = new("ID") { Description = "The release. Default: the one before.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create(Shell shell)
    {
        var command = new Command("rollback", "Have every instance serve the release before, or another one, within 10 s.") { Id, ReleasePointer.Note, ReleasePointer.Expect };
        command.Options.Add(ManagementCommand.Url);
        command.Options.Add(ManagementCommand.Azd);
        return command.Does(shell, RollBackAsync);
    }

    private static async Task RollBackAsync(Call call)
    {
        var seen = await ReleasePointer.LookAsync(call);
        var release = call.Parsed.GetValue(Id) ?? seen.Previous ?? throw NothingBefore(seen.Current?.Release);
        var moved = await ReleasePointer.MoveAsync(call, release, seen);
        if (call.Json)
        {
            call.Terminal.Json(moved, ManagementJson.Default.ReleaseMoved);
        }
        else if (moved.Changed)
        {
            call.Terminal.Line($"Release [green]{Terminal.Escape(moved.Release)}[/] serves again, in place of {ReleasePointer.Before(seen, moved.Replaced, call.Now)}");
            call.Terminal.Note("Instances follow within 10 s.");
        }
        else
        {
            call.Terminal.Line($"Release [bold]{Terminal.Escape(moved.Release)}[/] serves already [grey](since {Durations.Age(call.Now - moved.At)}, by {Terminal.Escape(moved.By)})[/]");
        }
    }

    private static CommandException NothingBefore(string? current) => current is null
        ? new("There is no release to go back to.", "See what there is with: gw releases")
        : new($"Before release {current} the packaged file served.", "Serve it again with: gw releases clear");
}
