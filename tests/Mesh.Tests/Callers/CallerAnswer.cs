using System.Text.Json.Nodes;

namespace Mesh.Tests.Callers;

/// <summary>What a caller got.</summary>
internal sealed record CallerAnswer(int Status, string? MediaType, string Body, Version Version)
{
    /// <summary>Null: it is no problem.</summary>
    public string? Slug => MediaType == "application/problem+json" ? ((string)JsonNode.Parse(Body)!["type"]!).Split(':')[^1] : null;
}
