using System.Text.Json.Nodes;

namespace Gateway.Responding;

/// <summary>Answer from the configuration, with no call.</summary>
public sealed record RespondConfig
{
    /// <summary>Status code, 200 to 599. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Headers of the answer.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>A JSON body. At most one of json and text.</summary>
    public JsonNode? Json { get; init; }

    /// <summary>A text body, text/plain unless a header says otherwise.</summary>
    public string? Text { get; init; }
}
