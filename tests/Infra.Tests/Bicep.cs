using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Infra.Tests;

/// <summary>The real compiler, from the package feed.</summary>
internal static class Bicep
{
    private static readonly string _path = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Bicep").Value!.Replace('\\', '/');

    public static bool Runs { get; } = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    /// <returns>What it wrote to its output, and what it complained of.</returns>
    public static async Task<(string Output, string Complaints)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(_path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var all = await complaints;
        return process.ExitCode == 0 ? (await output, all) : throw new InvalidOperationException($"bicep {string.Join(' ', arguments)} failed: {all}");
    }
}
