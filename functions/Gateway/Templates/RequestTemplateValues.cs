using System.Text.Json;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Templates;

/// <summary>The values of one request.</summary>
internal sealed class RequestTemplateValues(HttpContext context) : ITemplateValues
{
    private readonly GatewayRequest _request = context.Gateway();

    public string? Path(string name) => _request.PathValues.GetValueOrDefault(name);

    /// <summary>The first parameter of this name, decoded. Names compare with regard to case.</summary>
    public string? Query(string name)
    {
        foreach (var parameter in new QueryStringEnumerable(_request.Query))
        {
            if (parameter.DecodeName().Span.SequenceEqual(name))
            {
                return parameter.DecodeValue().ToString();
            }
        }

        return null;
    }

    public string? Header(string name) =>
        context.Request.Headers.TryGetValue(name, out var values) ? string.Join(", ", values.ToArray()) : null;

    /// <summary>A claim that is a text, number or boolean, or a list of such, comma-separated. Objects have no text.</summary>
    public string? Claim(string name)
    {
        var claim = name[0] == '/'
            ? JsonText.Follow(_request.Caller.Claims, name[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            : JsonText.Follow(_request.Caller.Claims, [name]);
        if (claim.ValueKind != JsonValueKind.Array)
        {
            return JsonText.TryRead(claim, out var text) ? text : null;
        }

        var items = claim.EnumerateArray().Select(item => JsonText.TryRead(item, out var text) ? text : null).ToList();
        return items.Count == 0 || items.Contains(null) ? null : string.Join(',', items);
    }

    public JsonElement Part(string part, IReadOnlyList<string> pointer) => default;
}
