namespace Exporters.Tests;

/// <summary>What an exporter sent, whichever way.</summary>
internal sealed record Telemetry
{
    public IReadOnlyList<SentSpan> Spans { get; init; } = [];

    public IReadOnlyList<SentHistogram> Histograms { get; init; } = [];

    public IReadOnlyList<SentException> Exceptions { get; init; } = [];

    /// <summary>Messages without exception.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Name and instance of the service, each combination that was sent.</summary>
    public IReadOnlyList<(string Service, string Instance)> Senders { get; init; } = [];
}

internal sealed record SentSpan(string Trace, string Id, string Parent, bool IsServer, string Name, IReadOnlyDictionary<string, string> Attributes);

/// <param name="Bounds">Empty where the way cannot say them.</param>
internal sealed record SentHistogram(string Name, ulong Count, IReadOnlyList<double> Bounds, IReadOnlyDictionary<string, string> Attributes);

internal sealed record SentException(string Trace, string Type, string Message);
