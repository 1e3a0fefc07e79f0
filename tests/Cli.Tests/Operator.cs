using System.Text.Json;

namespace Cli.Tests;

/// <summary>Someone who types gw commands into a shell of their own: environment, folder and what was written.</summary>
internal sealed class Operator : IDisposable
{
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public Dictionary<string, string> Environment { get; } = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("gw-test-").FullName;

    /// <summary>What is typed when something is asked; null: nobody can be asked.</summary>
    public string? Answers { get; set; }

    public bool Terminal { get; set; }

    public int Width { get; set; } = 100;

    public int Height { get; set; } = 50;

    /// <summary>Other programs, by what is typed: azd env get-values. What is not here is not installed.</summary>
    public Dictionary<string, (int Code, string Out, string Error)> Programs { get; } = [];

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public void Dispose()
    {
        _stopping.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Ctrl-C.</summary>
    public void Stop() => _stopping.Cancel();

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public async Task<Outcome> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(Answers ?? "");
        var code = await Gw.RunAsync(args, new Shell
        {
            Out = output,
            Error = error,
            In = input,
            OutputIsTerminal = Terminal,
            Colors = Terminal,
            ErrorColors = Terminal,
            CanAsk = Answers is not null,
            Width = Width,
            Height = Height,
            Environment = Environment.GetValueOrDefault,
            Directory = Folder,
            Run = (name, args, _, _) => Programs.TryGetValue($"{name} {string.Join(' ', args)}", out var ran)
                ? Task.FromResult(ran)
                : throw new CommandException($"{name} was not found.", "Install it."),
            Time = Time,
            Stopping = _stopping.Token,
        });
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>What a command came to.</summary>
    internal sealed record Outcome(int Code, string Out, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Out).RootElement;
    }
}
