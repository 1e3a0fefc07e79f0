using System.CommandLine;
using Cli.Terminals;

namespace Cli.Configuration;

/// <summary>gw init: a small configuration to begin with.</summary>
internal static class InitCommand
{
    /// <summary>The file as written: an open route, a protected one and one to the operator's own service.</summary>
    public const string Text = """
        version: 1
        services:
          backend: "${env:BACKEND_URL:-http://localhost:8080}"   # your own API; a list of urls is balanced
        limits:
          steady: { rate: 100 per 10s, by: consumer, mode: local }
        routes:
          hello: { match: GET /hello, auth: anonymous, respond: { json: { hello: world } } }
          inside: { match: GET /inside, auth: apiKey, limits: [steady], respond: { json: { welcome: true } } }
          backend: { match: "/backend/{**path}", auth: apiKey, limits: [steady], forward: { to: backend, path: { strip: /backend } } }

        """;

    private static readonly Argument<string> File = new("FILE") { Description = "The file to write.", DefaultValueFactory = _ => "gateway.yaml" };
    private static readonly Option<bool> Force = new("--force") { Description = "Overwrite the file if it exists." };

    public static Command Create(Shell shell)
    {
        var command = new Command("init", "Write a small configuration that works, to begin with.") { File, Force };
        command.SetAction((parsed, cancel) => RunAsync(parsed, shell, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Shell shell, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(File);
        await WriteAsync(ConfigCommand.FullPath(shell, file), file, parsed.GetValue(Force), cancel);
        var terminal = new Terminal(shell);
        if (parsed.GetValue(Switches.Json))
        {
            terminal.Json(new(file), ConfigJson.Default.Written);
            return ExitCodes.Done;
        }

        terminal.Line($"[green]{Terminal.Escape(file)}[/] was written. To try it:");
        terminal.Line("");
        terminal.Line($"  scripts/run --config {Terminal.Escape(file)} --no-samples");
        terminal.Line("  curl http://localhost:7071/hello");
        terminal.Line("  (. .local/dev.env; curl -H \"X-Api-Key: $API_KEY\" http://localhost:7071/inside)");
        return ExitCodes.Done;
    }

    private static async Task WriteAsync(string path, string file, bool force, CancellationToken cancel)
    {
        if (Directory.Exists(path))
        {
            throw new CommandException($"{file} is a folder.", "Give the name of a file.");
        }

        try
        {
            // Create and CreateNew are decided by the file system: nothing that appears in between is lost
            await using var stream = new FileStream(path, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync(Text.ReplaceLineEndings("\n").AsMemory(), cancel);
        }
        catch (IOException) when (!force && System.IO.File.Exists(path))
        {
            throw new CommandException($"{file} exists and was left as it is.", "Give another name, or --force to overwrite it.");
        }
    }
}
