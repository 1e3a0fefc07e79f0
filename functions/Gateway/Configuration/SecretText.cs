using System.Text.RegularExpressions;

namespace Gateway.Configuration;

/// <summary>How a configuration names a secret: ${keyvault:name}. That text is all that a configuration ever holds of it.</summary>
internal static partial class SecretText
{
    /// <summary>What every insertion of a secret begins with.</summary>
    public const string Beginning = "${keyvault:";

    /// <summary>The secret that a whole value stands for; null: it is an ordinary text.</summary>
    public static string? NameOf(string text) =>
        text.StartsWith(Beginning, StringComparison.Ordinal) && Whole().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    // Names of secrets as Key Vault has them.
    [GeneratedRegex(@"^\$\{keyvault:(?<name>[A-Za-z0-9-]{1,127})\}\z")]
    private static partial Regex Whole();
}
