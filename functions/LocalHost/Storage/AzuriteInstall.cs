using System.ComponentModel;
using System.Diagnostics;

namespace LocalHost.Storage;

/// <summary>Azurite from the npm registry, pinned by package-lock.json; installed when it is not there yet.</summary>
internal static class AzuriteInstall
{
    private static readonly string[] Main = ["node_modules", "azurite", "dist", "src", "azurite.js"];

    /// <summary>The file that node runs.</summary>
    public static string Script => Path.Combine([Repository.Root, .. Main]);

    /// <summary>The command that starts node.</summary>
    public const string Node = "node";

    public static async Task EnsureAsync(Action<string> progress, CancellationToken cancellation)
    {
        await RequireNodeAsync(cancellation);
        if (IsInstalled)
        {
            return;
        }

        progress("installing Azurite, the local storage (npm ci, about half a minute, only this once) …");

        // Azurite needs no install script of any package.
        var (exitCode, output) = OperatingSystem.IsWindows()
            ? await RunAsync("cmd", ["/c", "npm", "ci", "--ignore-scripts", "--loglevel=error"], cancellation)
            : await RunAsync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], cancellation);
        if (IsInterrupted(exitCode, cancellation))
        {
            throw new OperationCanceledException(cancellation);
        }

        if (exitCode != 0 || !IsInstalled)
        {
            throw new StartFailure($"Azurite could not be installed: `npm ci` in {Repository.Root} ended with {exitCode}.{Environment.NewLine}{output.Trim()}");
        }
    }

    // npm writes its own list last: without it, an installation was cut off half-way.
    private static bool IsInstalled => File.Exists(Script) && File.Exists(Path.Combine(Repository.Root, "node_modules", ".package-lock.json"));

    // Ctrl-C reaches npm as well as this process, in either order: 128 and the number of SIGINT or SIGTERM.
    internal static bool IsInterrupted(int exitCode, CancellationToken cancellation) => cancellation.IsCancellationRequested || exitCode is 130 or 143;

    private static async Task RequireNodeAsync(CancellationToken cancellation)
    {
        try
        {
            var (exitCode, output) = await RunAsync(Node, ["--version"], cancellation);
            if (exitCode == 0 && int.TryParse(output.Trim().TrimStart('v').Split('.')[0], out var major) && major >= 20)
            {
                return;
            }

            throw new StartFailure($"Node.js 20 or newer is needed for Azurite, the local storage; `node --version` says: {output.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new StartFailure("Node.js was not found. It runs Azurite, the local storage: install Node.js 20 or newer, make sure that `node` is on the PATH, and start again.");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string file, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation) + await errors;
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
