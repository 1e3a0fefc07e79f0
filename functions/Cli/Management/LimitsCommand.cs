using System.CommandLine;
using Cli.Configuration;
using Cli.Terminals;
using static Cli.Management.ManagementCommand;
using static Cli.Terminals.Cells;

namespace Cli.Management;

/// <summary>gw limits: what is counted of exact limits, for one key each.</summary>
internal static class LimitsCommand
{
    private static readonly Argument<string> Limit = new("LIMIT") { Description = "The limit's name." };
    private static readonly Argument<string[]> Key = new("KEY")
    {
        Description = "Whose count: acme, \"address 10.0.0.1\", \"route list\", \"claim sales\", \"header x\"; several in the order of the limit's by. None: everything together.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(Shell shell) => new("limits", "Show and reset the counts of exact limits.")
    {
        new Command("show", "Show what is counted of a limit for one key.") { Limit, Key }.Does(shell, ShowAsync),
        new Command("reset", "Begin the count of a limit anew for one key.") { Limit, Key, Switches.Yes }.Does(shell, ResetAsync),
        ManagementCommand.Url,
        ManagementCommand.Azd,
    };

    private static async Task ShowAsync(Call call)
    {
        var state = await call.Api.GetAsync(PathOf(call), ManagementJson.Default.LimitState, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(state, ManagementJson.Default.LimitState);
            return;
        }

        foreach (var ledger in state.Ledgers)
        {
            call.Terminal.Line(Sentence(state, ledger));
        }

        call.Terminal.Rows(
            ["Kind", "Shard", "Free", "Limit", "Granted", "Next back", "Slot began", "Commits"],
            state.Ledgers.SelectMany(ledger => ledger.Shards.Select(shard => Row(ledger, shard, state.At))));
        call.Terminal.Note("An estimate: the management API looks at its own clock, the instances go by storage's. With --json: every grant and its times.");
    }

    private static async Task ResetAsync(Call call)
    {
        var (path, limit, key) = (PathOf(call), call.Parsed.GetRequiredValue(Limit), Whose(call.Parsed.GetValue(Key) ?? []));
        call.Terminal.Confirm($"Begin the count of {limit} anew for {key}? What was admitted so far counts no longer.", call.Parsed.GetValue(Switches.Yes));
        var reset = await call.Api.DeleteAsync(path, ManagementJson.Default.LimitReset, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(reset, ManagementJson.Default.LimitReset);
            return;
        }

        call.Terminal.Line($"[bold]{Terminal.Escape(reset.Limit)}[/] begins anew for {Terminal.Escape(Whose(reset.Key))} [grey]({ConfigCommand.Count(reset.Rows, "row")} removed)[/]");
        call.Terminal.Note(reset.Note);
    }

    private static string PathOf(Call call)
    {
        var path = $"limits/{Calls.Segment(call.Parsed.GetRequiredValue(Limit), "limit")}/state";
        var parts = (call.Parsed.GetValue(Key) ?? []).Select(part => $"key={Uri.EscapeDataString(part)}").ToList();
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    private static string Whose(IReadOnlyList<string> key) => key.Count == 0 ? "everything together" : string.Join(", ", key);

    private static string Sentence(LimitState state, LedgerState ledger)
    {
        var free = ledger switch
        {
            { Available: > 0 } => $"[green]{ledger.Available} of {ledger.Total} free[/]",
            { NextFree: { } next } => $"[red]none of {ledger.Total} free[/], the first {In(next, state.At)} at the latest",
            _ => $"[red]none of {ledger.Total} free[/]",
        };
        return $"[bold]{Terminal.Escape(state.Limit)}[/] for {Terminal.Escape(Whose(state.Key))}: {free} [grey](epoch {Terminal.Escape(ledger.Epoch)}, revision {ledger.Revision})[/]";
    }

    private static string[] Row(LedgerState ledger, ShardState shard, DateTimeOffset at) =>
    [
        Cell(ledger.Kind),
        $"{shard.Shard}",
        $"{shard.Available}",
        $"{shard.Limit}",
        $"{shard.Granted.Sum(grant => grant.Count)}",
        shard.Granted.MinBy(grant => grant.Counts) is { } first ? $"{first.Count} {In(first.Counts, at)}" : Cell(""),
        $"{Durations.Show(at - shard.Base)} ago",
        $"{shard.Commits}",
    ];

    private static string In(DateTimeOffset moment, DateTimeOffset at) => $"in {Durations.Show(moment - at)}";
}
