using System.Diagnostics;

namespace EndToEnd.Harness;

/// <summary>The operator's command, as a process of its own.</summary>
/// <param name="host">Whose management API it uses, and in whose folder it finds files.</param>
internal sealed class Gw(LocalHostProcess host)
{
    /// <summary>What the command's shell has beside the addresses.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(ProcessTree.PathOf("dotnet"), [Repository.Gw, .. arguments])
        {
            WorkingDirectory = host.Folder.FullPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment.Concat(host.Values.Where(value => value.Key is "MANAGE_URL" or "MANAGE_KEY")))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + errors);
    }

    /// <summary>Runs it and expects it to do what it was told.</summary>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.True(code == 0, $"gw {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }
}
