using Google.Protobuf;
using Tests.Shared;

namespace Exporters.Tests.Otlp;

/// <summary>Reads what came by OTLP, over HTTP or gRPC.</summary>
internal static class OtlpReading
{
    private const int Server = 2;

    public static Telemetry Read(IReadOnlyList<Received> received)
    {
        var traces = Parse(received, Traces.Parser, "/v1/traces", "TraceService/Export").SelectMany(message => message.ResourceSpans).ToList();
        var metrics = Parse(received, Metrics.Parser, "/v1/metrics", "MetricsService/Export").SelectMany(message => message.ResourceMetrics).ToList();
        var logs = Parse(received, Logs.Parser, "/v1/logs", "LogsService/Export").SelectMany(message => message.ResourceLogs).ToList();
        var records = logs.SelectMany(log => log.ScopeLogs).SelectMany(scope => scope.LogRecords).ToList();
        return new()
        {
            Spans = [.. traces.SelectMany(trace => trace.ScopeSpans).SelectMany(scope => scope.Spans).Select(ToSpan)],
            Histograms = [.. metrics.SelectMany(metric => metric.ScopeMetrics).SelectMany(scope => scope.Metrics).SelectMany(ToHistograms)],
            Exceptions = [.. records.Where(record => Of(record.Attributes).ContainsKey("exception.type")).Select(ToException)],
            Messages = [.. records.Where(record => !Of(record.Attributes).ContainsKey("exception.type")).Select(record => record.Body.Text)],
            Senders =
            [
                .. traces.Select(trace => trace.Resource).Concat(metrics.Select(metric => metric.Resource)).Concat(logs.Select(log => log.Resource))
                    .Select(resource => Of(resource.Attributes))
                    .Select(resource => (resource["service.name"], resource["service.instance.id"]))
                    .Distinct(),
            ],
        };
    }

    private static IEnumerable<T> Parse<T>(IReadOnlyList<Received> received, MessageParser<T> parser, params string[] paths)
        where T : IMessage<T> => received
            .Where(request => paths.Any(path => request.Path.EndsWith(path, StringComparison.Ordinal)))
            .Select(request => parser.ParseFrom(request.Body));

    private static SentSpan ToSpan(Span span) =>
        new(Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId), span.Kind == Server, span.Name, Of(span.Attributes));

    private static IEnumerable<SentHistogram> ToHistograms(Metric metric) =>
        (metric.Histogram?.DataPoints ?? []).Select(point => new SentHistogram(metric.Name, point.Count, [.. point.ExplicitBounds], Of(point.Attributes)));

    private static SentException ToException(LogRecord record) =>
        new(Hex(record.TraceId), Of(record.Attributes)["exception.type"], Of(record.Attributes)["exception.message"]);

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static Dictionary<string, string> Of(IEnumerable<KeyValue> attributes) => attributes.ToDictionary(
        attribute => attribute.Key,
        attribute => attribute.Value.ValueCase switch
        {
            AnyValue.ValueOneofCase.Text => attribute.Value.Text,
            AnyValue.ValueOneofCase.Whole => attribute.Value.Whole.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => attribute.Value.ToString(),
        });
}
