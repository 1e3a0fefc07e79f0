using Microsoft.Extensions.Primitives;

namespace Gateway.Upstreams;

/// <summary>Header fields of a request to a service, whichever of .NET's two collections they belong to, and as they are: nothing is parsed.</summary>
internal static class RequestFields
{
    public static void Add(HttpRequestMessage request, string name, StringValues values)
    {
        if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
        {
            request.Content ??= new NoContent();
            request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }

    public static void Remove(HttpRequestMessage request, string name)
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

    public static void Set(HttpRequestMessage request, string name, string value)
    {
        Remove(request, name);
        Add(request, name, value);
    }
}
