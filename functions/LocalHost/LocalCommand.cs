using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LocalHost;

/// <summary>The command line of the local host.</summary>
internal static class LocalCommand
{
    private const int Usage = 2;

    private static readonly Option<string?> Config = new("--config") { Description = "The gateway's configuration (default: functions/FrontDoor/gateway.yaml).", HelpName = "FILE" };
    private static readonly Option<int?> Port = new("--port") { Description = "Port of the front door (default: 7071; with --join, or 0: any free one).", HelpName = "N", CustomParser = ReadPort };
    private static readonly Option<int?> Http2Port = new("--http2-port") { Description = "Adds a cleartext HTTP/2 listener, as gRPC needs.", HelpName = "N", CustomParser = ReadPort };
    private static readonly Option<bool> NoSamples = new("--no-samples") { Description = "Does not start the sample services." };
    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Empties the local folder first: storage, keys and secrets." };
    private static readonly Option<string?> Folder = new("--local") { Description = "The local folder (default: .local beside the solution).", HelpName = "DIR" };
    private static readonly Option<bool> Join = new("--join") { Description = "Starts another front door only, on the storage, services and credentials of the local host that runs in this folder." };
    private static readonly Option<bool> Functions = new("--functions") { Description = "For the function apps on this machine: writes their settings to .local/functions, and leaves certificates to the control plane's app." };
    private static readonly Option<bool> StampAdmissions = new("--stamp-admissions") { Description = "For tests of limits: tells services when each request was admitted.", Hidden = true };
    private static readonly Option<TimeSpan?> LeafLife = new("--leaf-life") { Description = "For tests of rotations: how long certificates of the mesh live, such as 00:01:00.", Hidden = true };
    private static readonly Option<TimeSpan?> ReleasePeriod = new("--release-period") { Description = "For tests of releases: about how often it is looked which one is to serve, such as 00:00:01.", Hidden = true };
    private static readonly Option<TimeSpan?> SecretRefresh = new("--secret-refresh") { Description = "For tests of secrets: how often they are read again, such as 00:00:01.", Hidden = true };
    private static readonly Option<bool> FreePorts = new("--free-ports") { Description = "Everything without a port of its own above takes a free one; dev.env says which." };

    /// <summary>Runs <paramref name="action"/> with what the command line asks for; 2 when it cannot be read.</summary>
    public static async Task<int> InvokeAsync(string[] args, Func<LocalOptions, Task<int>> action)
    {
        var root = new RootCommand("Runs the whole gateway on this machine: storage, token issuer, sample services, management API and front door.")
        {
            Config, Port, Http2Port, NoSamples, Fresh, Folder, FreePorts, Join, Functions, StampAdmissions, LeafLife, ReleasePeriod, SecretRefresh,
        };
        root.Validators.Add(RequireNoContradiction);
        root.SetAction((parsed, _) => action(Read(parsed)));

        var result = root.Parse(args);
        var code = await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        return result.Errors.Count > 0 ? Usage : code;
    }

    private static LocalOptions Read(ParseResult parsed) => new()
    {
        Config = parsed.GetValue(Config),
        Port = parsed.GetValue(Port),
        Http2Port = parsed.GetValue(Http2Port),
        NoSamples = parsed.GetValue(NoSamples),
        Fresh = parsed.GetValue(Fresh),
        Folder = parsed.GetValue(Folder),
        SecretRefresh = parsed.GetValue(SecretRefresh),
        FreePorts = parsed.GetValue(FreePorts),
        Join = parsed.GetValue(Join),
        Functions = parsed.GetValue(Functions),
        StampAdmissions = parsed.GetValue(StampAdmissions),
        LeafLife = parsed.GetValue(LeafLife),
        ReleasePeriod = parsed.GetValue(ReleasePeriod),
    };

    private static void RequireNoContradiction(CommandResult command)
    {
        foreach (var option in new[] { NoSamples, Fresh, Functions }.Where(option => command.GetValue(Join) && command.GetValue(option)))
        {
            command.AddError($"{option.Name} is for the local host that is joined; leave it out beside --join.");
        }
    }

    private static int? ReadPort(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
        {
            return port;
        }

        result.AddError($"A port is a number from 0 to 65535, which \"{result.Tokens[0].Value}\" is not.");
        return null;
    }
}
