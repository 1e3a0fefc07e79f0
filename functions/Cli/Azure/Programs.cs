using System.ComponentModel;
using System.Diagnostics;

namespace Cli.Azure;

/// <summary>Runs another program of the operator's.</summary>
internal static class Programs
{
    public static async Task<(int Code, string Out, string Error)> RunAsync(string name, IReadOnlyList<string> args, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(name, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Start(start);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        try
        {
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new CommandException($"{start.FileName} was not found.", "Install the Azure Developer CLI, or set MANAGE_URL and MANAGE_KEY in place of --azd.");
        }
    }
}
