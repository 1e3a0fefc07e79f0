using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cli.Terminals;
using static Cli.Management.ManagementCommand;
using static Cli.Terminals.Cells;

namespace Cli.Management;

/// <summary>gw keys: API keys of consumers. A key's text is shown once, when it is made.</summary>
internal static class KeysCommand
{
    private static readonly Argument<string> Owner = new("CONSUMER") { Description = "The consumer it is for." };
    private static readonly Argument<string?> OneOwner = new("CONSUMER") { Description = "Only this consumer's.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> Id = new("ID") { Description = "The key's id, as gw keys list shows it." };
    private static readonly Option<string?> Label = new("--label") { Description = "What it is for, in words.", HelpName = "text" };
    private static readonly Option<string[]> Scopes = Switches.List("--scopes", "Scopes that it carries.");
    private static readonly Option<string?> Expires = new("--expires") { Description = "When it ends: 90d, 12h, 2027-01-31. Default: never.", HelpName = "when" };
    private static readonly Option<bool> Test = new("--test") { Description = "Make a test key (sgw_test_…) instead of a live one." };
    private static readonly Option<string?> Overlap = new("--overlap") { Description = "How long the old key still works. Default: 24h.", HelpName = "duration" };

    public static Command Create(Shell shell) => new("keys", "Create, list, rotate and revoke API keys.")
    {
        new Command("create", "Create a key and show it, this once.") { Owner, Label, Scopes, Expires, Test }.Does(shell, CreateAsync),
        new Command("list", "List keys, without their texts.") { OneOwner }.Does(shell, ListAsync),
        new Command("rotate", "Create a key in place of another, which ends after an overlap.") { Id, Overlap, Switches.Yes }.Does(shell, RotateAsync),
        new Command("revoke", "End a key now.") { Id, Switches.Yes }.Does(shell, RevokeAsync),
        ManagementCommand.Url,
        ManagementCommand.Azd,
    };

    private static async Task CreateAsync(Call call)
    {
        var body = new JsonObject { ["kind"] = call.Parsed.GetValue(Test) ? "test" : "live" };
        if (call.Parsed.GetValue(Label) is { } label)
        {
            body["label"] = label;
        }

        if (Switches.Split(call.Parsed.GetValue(Scopes)) is { Count: > 0 } scopes)
        {
            body["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]);
        }

        if (call.Parsed.GetValue(Expires) is { } expires)
        {
            body["expires"] = Durations.ParseMoment(expires, "--expires", call.Now).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        var path = $"{ConsumersCommand.PathOf(call.Parsed.GetRequiredValue(Owner))}/keys";
        Show(call, await call.Api.PostAsync(path, body, ManagementJson.Default.ConsumerKey, call.Cancel), "");
    }

    private static async Task ListAsync(Call call)
    {
        var owner = call.Parsed.GetValue(OneOwner);
        var path = owner is null ? "keys" : $"{ConsumersCommand.PathOf(owner)}/keys";
        var list = await call.Api.GetAsync(path, ManagementJson.Default.KeyList, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(list, ManagementJson.Default.KeyList);
        }
        else if (list.Keys.Count == 0)
        {
            call.Terminal.Note($"There are no keys. Create one with: gw keys create {(owner is null ? "CONSUMER" : ShellWord.Of(owner))}");
        }
        else
        {
            call.Terminal.Rows(
                ["Id", "Kind", "Consumer", "Label", "Scopes", "State", "Expires", "Last used"],
                list.Keys.Select(key => Row(key, call.Now)));
        }
    }

    private static async Task RotateAsync(Call call)
    {
        var id = call.Parsed.GetRequiredValue(Id);
        var path = $"keys/{Calls.Segment(id, "key")}/rotate";
        var given = call.Parsed.GetValue(Overlap) ?? "24h";
        var overlap = Durations.Parse(given, "--overlap");
        if (overlap == TimeSpan.Zero)
        {
            call.Terminal.Confirm($"End key {id} at once, without an overlap?", call.Parsed.GetValue(Switches.Yes));
        }

        var body = new JsonObject { ["overlapSeconds"] = (long)overlap.TotalSeconds };
        var key = await call.Api.PostAsync(path, body, ManagementJson.Default.ConsumerKey, call.Cancel);
        Show(call, key, overlap == TimeSpan.Zero ? $" Key {id} has ended." : $" Key {id} ends after {given} at the latest.");
    }

    private static async Task RevokeAsync(Call call)
    {
        var id = call.Parsed.GetRequiredValue(Id);
        var path = $"keys/{Calls.Segment(id, "key")}";
        call.Terminal.Confirm($"Revoke key {id}? Whoever uses it is refused within seconds.", call.Parsed.GetValue(Switches.Yes));
        await call.Api.DeleteAsync(path, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(new() { Revoked = id }, ManagementJson.Default.Removal);
        }
        else
        {
            call.Terminal.Line($"Key [bold]{Terminal.Escape(id)}[/] is revoked.");
        }
    }

    // The text alone on standard output, so that KEY=$(gw keys create acme) works.
    private static void Show(Call call, ConsumerKey key, string more)
    {
        if (key.Key is null)
        {
            throw new CommandException($"Key {key.Id} was made, but the answer does not hold its text.", $"Revoke it: gw keys revoke {key.Id}");
        }

        if (call.Json)
        {
            call.Terminal.Json(key, ManagementJson.Default.ConsumerKey);
            return;
        }

        call.Terminal.Plain(key.Key);
        call.Terminal.Note($"Key {key.Id} of {key.Consumer}. It is shown this once: store it now.{more}");
    }

    private static string[] Row(ConsumerKey key, DateTimeOffset now) =>
    [
        Cell(key.Id),
        key.Prefix?.StartsWith("sgw_test_", StringComparison.Ordinal) == true ? "test" : "live",
        Cell(key.Consumer),
        Cell(key.Label),
        Cell(key.Scopes),
        key.Revoked is { } revoked && revoked <= now ? "[red]revoked[/]" : key.Expires <= now ? "[grey]expired[/]" : "[green]active[/]",
        Cell(key.Expires),
        Cell(key.LastUsed),
    ];
}
