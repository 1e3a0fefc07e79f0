using System.CommandLine;
using Cli.Configuration;
using Cli.Terminals;
using Gateway;
using Gateway.Configuration;
using static Cli.Management.ManagementCommand;

namespace Cli.Management.Releases;

/// <summary>gw apply: makes a release of a configuration that has no mistake, and has every instance serve it.</summary>
internal static class ApplyCommand
{
    private static readonly Argument<string> File = ConfigCommand.File();
    private static readonly Option<GatewayHost?> Host = new("--host") { Description = "What it is to run in: kestrel or functions. What that cannot do is an error. Default: functions with --azd, else kestrel." };

    public static Command Create(Shell shell)
    {
        var command = new Command("apply", "Have every instance serve a configuration, within 10 s.") { File, ReleasePointer.Note, ReleasePointer.Expect, Host, ManagementCommand.Url, ManagementCommand.Azd };
        command.SetAction(async (parsed, cancel) =>
        {
            var (text, release) = Read(parsed, shell);
            using var api = await OpenAsync(parsed, shell, cancel);
            await ApplyAsync(new(parsed, api, new(shell), shell, cancel), text, release);
            return ExitCodes.Done;
        });
        return command;
    }

    // Read once: what was checked is what is sent.
    private static (string Text, string Release) Read(ParseResult parsed, Shell shell)
    {
        var file = parsed.GetRequiredValue(File);
        var path = ConfigCommand.FullPath(shell, file);
        var text = ConfigText.Read(path);
        var host = parsed.GetValue(Host) ?? (parsed.GetValue(ManagementCommand.Azd) ? GatewayHost.Functions : GatewayHost.Kestrel);
        var load = ConfigFile.Parse(text, path, shell.Environment, HostRules.Of(host));
        if (load.Errors.Count > 0)
        {
            ConfigFindings.Write(new(shell), path, file, load, parsed.GetValue(Switches.Json));
            throw new CommandException($"{file} is not applied.", "Nothing was changed.");
        }

        return (text.Text!, load.Release);
    }

    private static async Task ApplyAsync(Call call, string text, string release)
    {
        var seen = await ReleasePointer.LookAsync(call);
        var stored = await call.Api.PostAsync("releases", new() { ["text"] = text }, ManagementJson.Default.Release, call.Cancel);
        if (stored.Id != release)
        {
            throw new CommandException($"The management API calls the file release {stored.Id}; here it is {release}.", "It was stored and does not serve. Is the API of this version of gw?");
        }

        var moved = await ReleasePointer.MoveAsync(call, release, seen);
        if (call.Json)
        {
            call.Terminal.Json(moved, ManagementJson.Default.ReleaseMoved);
            return;
        }

        var file = Terminal.Escape(call.Parsed.GetRequiredValue(File));
        if (!moved.Changed)
        {
            call.Terminal.Line($"[bold]{file}[/] serves already: release {release} [grey](since {Durations.Age(call.Now - moved.At)}, by {Terminal.Escape(moved.By)})[/]");
            return;
        }

        call.Terminal.Line($"[bold]{file}[/] is release [green]{release}[/], in place of {ReleasePointer.Before(seen, moved.Replaced, call.Now)}");
        call.Terminal.Note($"Instances follow within 10 s. Back again with: {(moved.Replaced is null ? "gw releases clear" : "gw rollback")}");
    }
}
