using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LocalHost.Vault.Protocol;

/// <summary>A call that has passed the gate: what it names and what it says.</summary>
internal sealed partial record VaultCall
{
    /// <summary>The vault's own address, with no slash at the end: what every id begins with.</summary>
    public required string Root { get; init; }

    /// <summary>The object; empty where the call is about all of them.</summary>
    public required string Name { get; init; }

    /// <summary>The version; null: the latest.</summary>
    public required string? Version { get; init; }

    public required IQueryCollection Query { get; init; }

    public required JsonObject Body { get; init; }

    public static async Task<VaultCall> ReadAsync(HttpRequest request, string root)
    {
        var name = request.RouteValues["name"] as string ?? "";
        if (name.Length > 0 && !Names().IsMatch(name))
        {
            throw VaultRefusal.BadParameter($"The request URI contains an invalid name: {name}");
        }

        return new()
        {
            Root = root,
            Name = name,
            Version = request.RouteValues["version"] as string,
            Query = request.Query,
            Body = await ReadBodyAsync(request),
        };
    }

    private static async Task<JsonObject> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 || !request.HasJsonContentType())
        {
            return [];
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject
                ?? throw VaultRefusal.BadParameter("The body is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw VaultRefusal.BadParameter($"The body is not JSON: {e.Message}");
        }
    }

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
