namespace ControlPlane.Hosting;

/// <summary>The settings of a control plane are wrong; the message has every mistake.</summary>
public sealed class ControlPlaneSettingsException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
