using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;
using Yarp.ReverseProxy.Forwarder;

namespace Benchmarks.SideBySide.Report;

/// <summary>Where it was measured, in general words, and what.</summary>
internal sealed partial record Machine(string Description, string Versions)
{
    public static async Task<Machine> LookAsync(Site site, CancellationToken cancellation)
    {
        var model = Value("/proc/cpuinfo", "model name");
        var memory = long.Parse(Value("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0 / 1024;
        string[] versions =
        [
            $".NET {RuntimeInformation.FrameworkDescription.Split(' ')[^1]}",
            $"YARP {typeof(IHttpForwarder).Assembly.GetName().Version!.ToString(3)}",
            $"HAProxy {await VersionAsync(new("haproxy", "-v"), cancellation)}",
            $"nginx {await VersionAsync(new("nginx", "-v"), cancellation)}",
            $"wrk {await VersionAsync(new("dpkg-query", "-W", "wrk"), cancellation)}",
        ];
        var container = new DirectoryInfo(site[OursPeer.Folder]).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length) / 1e6;
        return new(
            FormattableString.Invariant($"{model}, {Environment.ProcessorCount} cores as the bench sees them, {memory:0} GiB, Linux"),
            string.Join(", ", versions) + FormattableString.Invariant($"; our gateway as published: {container:0} MB"));
    }

    private static string Value(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    private static async Task<string> VersionAsync(Command command, CancellationToken cancellation) =>
        Number().Match(await Child.RunAsync(command.Program, command, Core.Rest, cancellation)).Value;

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Number();
}
