using System.CommandLine;

namespace Cli;

/// <summary>Options that several commands share.</summary>
internal static class Switches
{
    public static readonly Option<bool> Json = new("--json") { Description = "Write one JSON document instead of text.", Recursive = true };

    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };

    /// <summary>Texts given as "a,b", "a b" or by repeating the option.</summary>
    public static Option<string[]> List(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "a,b",
        AllowMultipleArgumentsPerToken = true,
    };

    public static IReadOnlyList<string> Split(string[]? given) =>
        [.. (given ?? []).SelectMany(text => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
}
