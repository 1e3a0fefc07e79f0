using Cli.Azure;

namespace Cli;

/// <summary>What a command may use of its surroundings. A test brings its own.</summary>
internal sealed record Shell
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    /// <summary>Someone reads along: tables have borders. False: plain columns, never an escape code.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Someone can be asked.</summary>
    public bool CanAsk { get; init; }

    public bool Colors { get; init; }

    public bool ErrorColors { get; init; }

    /// <summary>Characters a line.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Lines of the terminal.</summary>
    public int Height { get; init; } = 50;

    public required Func<string, string?> Environment { get; init; }

    /// <summary>Where file names begin, and the search for .local/dev.env.</summary>
    public required string Directory { get; init; }

    /// <summary>Runs another program: its name, arguments and folder; gives its exit code and what it wrote.</summary>
    public Func<string, IReadOnlyList<string>, string, CancellationToken, Task<(int Code, string Out, string Error)>> Run { get; init; } = Programs.RunAsync;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public CancellationToken Stopping { get; init; }

    public static Shell OfThisProcess()
    {
        var dumb = System.Environment.GetEnvironmentVariable("TERM") == "dumb";
        var plain = dumb || !string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR"));
        return new()
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            OutputIsTerminal = !Console.IsOutputRedirected && !dumb,
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Colors = !Console.IsOutputRedirected && !plain,
            ErrorColors = !Console.IsErrorRedirected && !plain,
            Width = Console.IsOutputRedirected ? 100 : Math.Max(40, Console.WindowWidth),
            Height = Console.IsOutputRedirected ? 50 : Math.Max(10, Console.WindowHeight),
            Environment = System.Environment.GetEnvironmentVariable,
            // scripts/gw changes nothing here: names are relative to where the operator stands
            Directory = System.Environment.CurrentDirectory,
        };
    }
}
