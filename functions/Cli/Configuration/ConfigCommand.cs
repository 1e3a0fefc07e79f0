using System.CommandLine;
using Gateway;
using Gateway.Configuration;

namespace Cli.Configuration;

/// <summary>What the commands on a configuration file share.</summary>
internal static class ConfigCommand
{
    public static Argument<string> File() => new("FILE") { Description = "The configuration, such as gateway.yaml." };

    public static Option<GatewayHost> Host() => new("--host") { Description = "What it is to run in: kestrel (a server of its own), or functions (Azure Functions). What that cannot do is an error." };

    public static ConfigLoad Load(Shell shell, string file, GatewayHost host = GatewayHost.Kestrel) => ConfigFile.Load(FullPath(shell, file), shell.Environment, host);

    public static string FullPath(Shell shell, string file) =>
        file.Length == 0 ? throw CommandException.Usage("The name of the file is empty.", "Give the path of a configuration.") : Path.GetFullPath(file, shell.Directory);

    /// <summary>"1 route", "2 routes".</summary>
    public static string Count(int number, string one) => $"{number} {one}{(number == 1 ? "" : "s")}";

    /// <summary>A broken file is one message for a command that needs a good one.</summary>
    public static CommandException Broken(string file, ConfigLoad load)
    {
        var first = load.Errors[0];
        return load.Errors.Count == 1
            ? new($"{file}:{first.Line}:{first.Column}: {first.Problem}", first.Mend)
            : new($"{file} has {Count(load.Errors.Count, "error")}; the first is in line {first.Line}: {first.Problem}", $"See all with: gw validate {file}");
    }
}
