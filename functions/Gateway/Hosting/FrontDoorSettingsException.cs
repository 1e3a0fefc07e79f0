namespace Gateway.Hosting;

/// <summary>The settings of a front door are wrong; the message has every mistake.</summary>
public sealed class FrontDoorSettingsException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
