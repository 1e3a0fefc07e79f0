namespace Exporters;

/// <summary>A setting that says where telemetry goes is wrong; the message names it and says what to do. The value, which may be a secret, is no part of it.</summary>
public sealed class ExporterSettingException : Exception
{
    internal ExporterSettingException(string setting, string problem, string remedy)
        : base($"{setting}: {problem} {remedy}") => Setting = setting;

    /// <summary>Name of the environment variable.</summary>
    public string Setting { get; }
}
