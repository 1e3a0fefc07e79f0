using System.Text.Json;
using Tests.Shared;

namespace Exporters.Tests;

/// <summary>Reads what came for Azure Monitor's ingestion: a JSON document in each line.</summary>
internal static class AzureMonitorReading
{
    public static Telemetry Read(IReadOnlyList<Received> received)
    {
        var items = received.SelectMany(Lines).ToList();
        return new()
        {
            Spans = [.. items.Where(item => TypeOf(item) is "RequestData" or "RemoteDependencyData").Select(ToSpan)],
            Histograms = [.. items.Where(item => TypeOf(item) == "MetricData").Select(ToHistogram)],
            Exceptions = [.. items.Where(item => TypeOf(item) == "ExceptionData").Select(ToException)],
            Messages = [.. items.Where(item => TypeOf(item) == "MessageData").Select(item => DataOf(item).GetProperty("message").GetString()!)],
            Senders = [.. items.Select(item => (Tag(item, "ai.cloud.role"), Tag(item, "ai.cloud.roleInstance"))).Distinct()],
        };
    }

    private static IEnumerable<JsonElement> Lines(Received request)
    {
        var reader = new StreamReader(new MemoryStream(request.Body));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return JsonDocument.Parse(line).RootElement;
            }
        }
    }

    private static string TypeOf(JsonElement item) => item.GetProperty("data").GetProperty("baseType").GetString()!;

    private static JsonElement DataOf(JsonElement item) => item.GetProperty("data").GetProperty("baseData");

    private static string Tag(JsonElement item, string name) => item.GetProperty("tags").TryGetProperty(name, out var tag) ? tag.GetString()! : "";

    // The status and the target have places of their own there.
    private static SentSpan ToSpan(JsonElement item)
    {
        var data = DataOf(item);
        var isServer = TypeOf(item) == "RequestData";
        var attributes = Properties(data);
        attributes["http.response.status_code"] = data.GetProperty(isServer ? "responseCode" : "resultCode").GetString()!;
        return new(Tag(item, "ai.operation.id"), data.GetProperty("id").GetString()!, Tag(item, "ai.operation.parentId"), isServer, data.GetProperty("name").GetString()!, attributes);
    }

    private static SentHistogram ToHistogram(JsonElement item)
    {
        var metric = DataOf(item).GetProperty("metrics")[0];
        return new(metric.GetProperty("name").GetString()!, metric.TryGetProperty("count", out var count) ? count.GetUInt64() : 0, [], Properties(DataOf(item)));
    }

    private static SentException ToException(JsonElement item)
    {
        var exception = DataOf(item).GetProperty("exceptions")[0];
        return new(Tag(item, "ai.operation.id"), exception.GetProperty("typeName").GetString()!, exception.GetProperty("message").GetString()!);
    }

    private static Dictionary<string, string> Properties(JsonElement data) => data.TryGetProperty("properties", out var properties)
        ? properties.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!)
        : [];
}
