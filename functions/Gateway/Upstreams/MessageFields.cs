using Microsoft.Extensions.Primitives;

namespace Gateway.Upstreams;

/// <summary>Those of .NET's message, whichever of its two collections they belong to.</summary>
internal sealed class MessageFields(HttpRequestMessage request) : IRequestFields
{
    public string? Host
    {
        get => request.Headers.Host;
        set
        {
            // Not parsed: what the client sent was looked at before.
            request.Headers.Host = null;
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation("Host", value);
            }
        }
    }

    public void Add(string name, StringValues values)
    {
        if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
        {
            request.Content ??= new NoContent();
            request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }

    public void Remove(string name)
    {
        // Asked first: to remove a field from the collection that it does not belong to throws.
        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }
        else if (request.Content?.Headers.NonValidated.Contains(name) == true)
        {
            request.Content.Headers.Remove(name);
        }
    }
}
