using System.CommandLine;
using System.Text.Json.Nodes;
using Cli.Terminals;
using static Cli.Management.ManagementCommand;
using static Cli.Terminals.Cells;

namespace Cli.Management;

/// <summary>gw consumers: who may call, with which plan and in which groups.</summary>
internal static class ConsumersCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The consumer, such as acme or entra:0d3f." };
    private static readonly Option<string?> Plan = new("--plan") { Description = "Plan whose numbers count for it.", HelpName = "name" };
    private static readonly Option<string[]> Groups = Switches.List("--groups", "Groups it belongs to; replaces those before.");
    private static readonly Option<bool> NoPlan = new("--no-plan") { Description = "Back to the default plan." };
    private static readonly Option<bool> NoGroups = new("--no-groups") { Description = "Out of all groups." };

    public static Command Create(Shell shell) => new("consumers", "Add, change and remove consumers.")
    {
        new Command("add", "Add a consumer.") { Name, Plan, Groups }.Does(shell, AddAsync),
        new Command("list", "List all consumers.").Does(shell, ListAsync),
        new Command("show", "Show one consumer.") { Name }.Does(shell, ShowAsync),
        new Command("set", "Change a consumer's plan or groups.") { Name, Plan, NoPlan, Groups, NoGroups }.Does(shell, SetAsync),
        new Command("suspend", "Refuse all its calls until it is resumed.") { Name }.Does(shell, call => SwitchAsync(call, "suspend", "is suspended")),
        new Command("resume", "Let a suspended consumer call again.") { Name }.Does(shell, call => SwitchAsync(call, "resume", "may call again")),
        new Command("remove", "Remove a consumer and revoke its keys.") { Name, Switches.Yes }.Does(shell, RemoveAsync),
        ManagementCommand.Url,
        ManagementCommand.Azd,
    };

    /// <summary>The path of a consumer.</summary>
    public static string PathOf(string name) => $"consumers/{Calls.Segment(name, "consumer")}";

    private static async Task AddAsync(Call call)
    {
        var name = call.Parsed.GetRequiredValue(Name);
        _ = PathOf(name); // a name that no later command could reach is refused before it exists
        var body = new JsonObject { ["name"] = name };
        Fill(call, body);
        var consumer = await call.Api.PostAsync("consumers", body, ManagementJson.Default.Consumer, call.Cancel);
        Answer(call, consumer, "was added");
        if (!call.Json)
        {
            call.Terminal.Note($"Give it a key with: gw keys create {ShellWord.Of(consumer.Name)}");
        }
    }

    private static async Task ListAsync(Call call)
    {
        var list = await call.Api.GetAsync("consumers", ManagementJson.Default.ConsumerList, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(list, ManagementJson.Default.ConsumerList);
        }
        else if (list.Consumers.Count == 0)
        {
            call.Terminal.Note("There are no consumers. Add one with: gw consumers add NAME");
        }
        else
        {
            call.Terminal.Rows(["Consumer", "Plan", "Groups", "State", "Created"], list.Consumers.Select(Row));
        }
    }

    private static async Task ShowAsync(Call call)
    {
        var consumer = await call.Api.GetAsync(PathOf(call.Parsed.GetRequiredValue(Name)), ManagementJson.Default.Consumer, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(consumer, ManagementJson.Default.Consumer);
            return;
        }

        call.Terminal.Rows(["Consumer", "Plan", "Groups", "State", "Created"], [Row(consumer)]);
        call.Terminal.Note($"Its keys: gw keys list {ShellWord.Of(consumer.Name)}");
    }

    private static async Task SetAsync(Call call)
    {
        var body = new JsonObject();
        Fill(call, body);
        Clear(call, body, NoPlan, "plan", null);
        Clear(call, body, NoGroups, "groups", new JsonArray());
        if (body.Count == 0)
        {
            throw CommandException.Usage("Nothing to change was given.", "Give --plan, --no-plan, --groups or --no-groups.");
        }

        var path = PathOf(call.Parsed.GetRequiredValue(Name));
        Answer(call, await call.Api.PatchAsync(path, body, ManagementJson.Default.Consumer, call.Cancel), "was changed");
    }

    private static async Task SwitchAsync(Call call, string verb, string done)
    {
        var path = $"{PathOf(call.Parsed.GetRequiredValue(Name))}/{verb}";
        Answer(call, await call.Api.PostAsync(path, null, ManagementJson.Default.Consumer, call.Cancel), done);
    }

    private static async Task RemoveAsync(Call call)
    {
        var name = call.Parsed.GetRequiredValue(Name);
        var path = PathOf(name);
        call.Terminal.Confirm($"Remove {name} and revoke all its keys?", call.Parsed.GetValue(Switches.Yes));
        await call.Api.DeleteAsync(path, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(new() { Removed = name }, ManagementJson.Default.Removal);
        }
        else
        {
            call.Terminal.Line($"[bold]{Terminal.Escape(name)}[/] was removed and its keys are revoked.");
        }
    }

    private static void Fill(Call call, JsonObject body)
    {
        if (call.Parsed.GetValue(Plan) is { } plan)
        {
            body["plan"] = plan;
        }

        if (call.Parsed.GetResult(Groups) is not null)
        {
            body["groups"] = new JsonArray([.. Switches.Split(call.Parsed.GetValue(Groups)).Select(group => (JsonNode)group)]);
        }
    }

    private static void Clear(Call call, JsonObject body, Option<bool> option, string name, JsonNode? empty)
    {
        if (!call.Parsed.GetValue(option))
        {
            return;
        }

        if (!body.TryAdd(name, empty))
        {
            throw CommandException.Usage($"--{name} and {option.Name} contradict each other.", "Give one of them.");
        }
    }

    private static void Answer(Call call, Consumer consumer, string done)
    {
        if (call.Json)
        {
            call.Terminal.Json(consumer, ManagementJson.Default.Consumer);
            return;
        }

        var plan = consumer.Plan is null ? "the default plan" : $"plan {Terminal.Escape(consumer.Plan)}";
        var groups = consumer.Groups.Count == 0 ? "no groups" : $"groups {Terminal.Escape(string.Join(", ", consumer.Groups))}";
        call.Terminal.Line($"[bold]{Terminal.Escape(consumer.Name)}[/] {done} [grey]({plan}, {groups})[/]");
    }

    private static string[] Row(Consumer consumer) =>
    [
        Cell(consumer.Name),
        Cell(consumer.Plan),
        Cell(consumer.Groups),
        consumer.Suspended ? "[yellow]suspended[/]" : "[green]active[/]",
        Cell(consumer.Created),
    ];
}
