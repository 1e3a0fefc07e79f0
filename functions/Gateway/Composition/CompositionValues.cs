using System.Text.Json;
using Gateway.Templates;
using Microsoft.AspNetCore.Http;

namespace Gateway.Composition;

/// <summary>The values of a request and of the parts that are there already.</summary>
internal sealed class CompositionValues(HttpContext context, ComposePlan plan, Task<PartOutcome>?[] outcomes) : ITemplateValues
{
    private readonly RequestTemplateValues _request = new(context);

    public string? Path(string name) => _request.Path(name);

    public string? Query(string name) => _request.Query(name);

    public string? Header(string name) => _request.Header(name);

    public string? Claim(string name) => _request.Claim(name);

    public JsonElement Part(string part, IReadOnlyList<string> pointer)
    {
        for (var index = 0; index < plan.Parts.Count; index++)
        {
            if (plan.Parts[index].Name == part)
            {
                return outcomes[index] is { IsCompletedSuccessfully: true, Result: var outcome } ? JsonText.Follow(outcome.Value, pointer) : default;
            }
        }

        return default;
    }
}
