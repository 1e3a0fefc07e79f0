namespace Cli.Terminals;

/// <summary>What is drawn again and again in the same place of a terminal.</summary>
internal sealed class Screen(Shell shell)
{
    private const string Home = "\e[H";
    private const string ToEndOfLine = "\e[K";
    private const string ToEndOfScreen = "\e[J";
    private const string Clear = "\e[2J";
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";

    private bool _isOpen;

    /// <summary>Draws over what stood there, in one write and without clearing first: nothing flickers.</summary>
    public void Draw(Action<Terminal> draw)
    {
        using var text = new StringWriter();
        draw(new(shell with { Out = text }));
        var start = _isOpen ? Home : HideCursor + Clear + Home;
        _isOpen = true;
        shell.Out.Write($"{start}{string.Join($"{ToEndOfLine}\n", Fitting(text.ToString()))}{ToEndOfLine}{ToEndOfScreen}");
    }

    /// <summary>Leaves what is drawn, and the cursor below it.</summary>
    public void Close()
    {
        if (_isOpen)
        {
            shell.Out.Write($"\n{ShowCursor}");
        }
    }

    // A line too many would scroll the first one away, and the next drawing would stand beside this one.
    private string[] Fitting(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var most = shell.Height - 1;
        return lines.Length <= most ? lines : [.. lines.Take(most - 1), $"({lines.Length - most + 1} more lines: the terminal is too low)"];
    }
}
