using System.Text.RegularExpressions;

namespace Cli.Terminals;

/// <summary>A text as one word of a command line to copy.</summary>
internal static partial class ShellWord
{
    /// <summary>As it is where a shell reads it as one word, else in single quotes, in which nothing has a meaning.</summary>
    public static string Of(string text) => Plain().IsMatch(text) ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./-]+\z")]
    private static partial Regex Plain();
}
