namespace Gateway.Configuration;

/// <summary>A place in a configuration where a secret of the vault stands.</summary>
/// <param name="Name">The secret's name in the vault.</param>
/// <param name="Path">Where, as keys from the root.</param>
/// <param name="File">The file's name as given.</param>
/// <param name="Place">Where in the file.</param>
internal sealed record SecretReference(string Name, IReadOnlyList<string> Path, string File, Place Place)
{
    /// <summary>What is wrong with the secret, as an error at this place.</summary>
    public ConfigError Error(string problem, string mend) => new(Path, problem, mend) { File = File, Line = Place.Line, Column = Place.Column };
}
