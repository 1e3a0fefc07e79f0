using System.CommandLine;
using System.Text.Json.Nodes;
using Cli.Terminals;
using static Cli.Management.ManagementCommand;
using static Cli.Terminals.Cells;

namespace Cli.Management.Certificates;

/// <summary>gw certs: the certificates of the mesh.</summary>
internal static class CertsCommand
{
    private static readonly Argument<string> Service = new("SERVICE") { Description = "The service's name." };
    private static readonly Argument<string?> OneCertificate = new("SERVICE") { Description = "Only this service's; authority: the authority's.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> Serial = new("SERIAL") { Description = "The certificate's serial number, or as much of it as gw certs status shows." };
    private static readonly Option<bool> Watch = new("--watch", "-w") { Description = "Look every second until Ctrl-C. In a pipe: each change." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Until it is rotated, or rolled back: then the exit code is 1." };
    private static readonly Option<int?> Limit = new("--limit") { Description = "At most so many. Default: 50.", HelpName = "number" };

    public static Command Create(Shell shell) => new("certs", "Watch, rotate and revoke the certificates of the mesh.")
    {
        new Command("status", "Show the certificates, who acts on the newest trust bundle, and what is refused.") { Watch }.Does(shell, StatusAsync),
        new Command("rotate", "Give a service another certificate now.") { Service, Wait }.Does(shell, RotateAsync),
        new Command("rotate-ca", "Replace the certificate authority.") { Wait, Switches.Yes }.Does(shell, RotateAuthorityAsync),
        new Command("revoke", "Refuse a certificate everywhere and give its service another one.") { Serial, Wait, Switches.Yes }.Does(shell, RevokeAsync),
        new Command("history", "List rotations, the newest first.") { OneCertificate, Limit }.Does(shell, HistoryAsync),
        ManagementCommand.Url,
        ManagementCommand.Azd,
    };

    private static async Task StatusAsync(Call call)
    {
        if (call.Parsed.GetValue(Watch))
        {
            await new CertsWatch(call).RunAsync();
            return;
        }

        var state = await StateAsync(call);
        if (call.Json)
        {
            call.Terminal.Json(state, ManagementJson.Default.MeshState);
        }
        else
        {
            new CertsStatus(state).Write(call.Terminal);
        }
    }

    private static Task RotateAsync(Call call) => BeginAsync(call, $"certificates/{Calls.Segment(call.Parsed.GetRequiredValue(Service), "service")}/rotations", null);

    private static Task RotateAuthorityAsync(Call call)
    {
        call.Terminal.Confirm(
            "Replace the certificate authority? Everybody trusts the new one first, then every service gets a certificate from it, and the old one goes when the last "
            + "of its certificates is out of use: about as long as one lives.",
            call.Parsed.GetValue(Switches.Yes));
        return BeginAsync(call, "authority/rotations", null);
    }

    private static async Task RevokeAsync(Call call)
    {
        var (serial, owner) = new KnownSerials(await StateAsync(call)).Find(call.Parsed.GetRequiredValue(Serial));
        call.Terminal.Confirm(
            $"Revoke certificate {serial}{(owner is null ? "" : $" of {owner}")}? It is refused everywhere, the connections that it authenticated are closed, and its service gets another one.",
            call.Parsed.GetValue(Switches.Yes));
        await BeginAsync(call, "certificates/revocations", new() { ["serial"] = serial });
    }

    private static async Task HistoryAsync(Call call)
    {
        List<string> query = [];
        if (call.Parsed.GetValue(OneCertificate) is { } certificate)
        {
            query.Add($"certificate={Uri.EscapeDataString(certificate)}");
        }

        if (call.Parsed.GetValue(Limit) is { } limit)
        {
            query.Add($"limit={limit}");
        }

        var list = await call.Api.GetAsync(query.Count == 0 ? "rotations" : $"rotations?{string.Join('&', query)}", ManagementJson.Default.RotationList, call.Cancel);
        if (call.Json)
        {
            call.Terminal.Json(list, ManagementJson.Default.RotationList);
        }
        else if (list.Rotations.Count == 0)
        {
            call.Terminal.Note("There was no rotation yet.");
        }
        else
        {
            call.Terminal.Rows(["Started", "Certificate", "Reason", "Took", "Outcome", "Last step", "Why"], list.Rotations.Select(rotation => Row(rotation, call.Now)));
        }
    }

    private static Task<MeshState> StateAsync(Call call) => call.Api.GetAsync("certificates", ManagementJson.Default.MeshState, call.Cancel);

    private static async Task BeginAsync(Call call, string path, JsonObject? body)
    {
        var waits = call.Parsed.GetValue(Wait);
        var rotation = await call.Api.PostAsync(path, body, ManagementJson.Default.Rotation, call.Cancel);
        if (!call.Json)
        {
            call.Terminal.Line($"Rotation {Terminal.Escape(rotation.Id)} of [bold]{Terminal.Escape(rotation.Whose)}[/] is under way [grey](begun {Durations.Age(rotation.Took(call.Now))} ago, {Cell(rotation.Reason)})[/]");
        }

        if (waits)
        {
            rotation = await new RotationWait(call).FollowAsync(rotation);
        }

        if (call.Json)
        {
            call.Terminal.Json(rotation, ManagementJson.Default.Rotation);
        }
        else if (!waits)
        {
            call.Terminal.Note("Follow it with: gw certs status --watch");
        }

        if (waits)
        {
            Conclude(call, rotation);
        }
    }

    private static void Conclude(Call call, Rotation rotation)
    {
        if (rotation.IsRolledBack)
        {
            throw new CommandException(
                $"The rotation of {rotation.Whose} was rolled back after {Durations.Age(rotation.Took(call.Now))}: {rotation.Detail ?? rotation.Step}",
                $"The certificate before stays in use. See gw certs history {rotation.Certificate}");
        }

        if (!call.Json)
        {
            call.Terminal.Line($"[green]rotated[/] in {Durations.Age(rotation.Took(call.Now))}");
        }
    }

    private static string[] Row(Rotation rotation, DateTimeOffset now) =>
    [
        $"{rotation.Started.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}",
        Cell(rotation.Certificate),
        Cell(rotation.Reason),
        Durations.Age(rotation.Took(now)),
        rotation switch
        {
            { IsRunning: true } => "[yellow]running[/]",
            { IsRolledBack: true } => "[red]rolled back[/]",
            _ => Cell(rotation.Outcome),
        },
        Cell(rotation.Step),
        Cell(rotation.Detail),
    ];
}
