using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ControlPlane.Management;

/// <summary>Reads the body of a call, strictly.</summary>
internal static class RequestBody
{
    /// <summary>Bytes that most calls may have; a route may take more.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>The body, or the problem with it. Without a body: <paramref name="absent"/>, or a problem when that is null.</summary>
    public static async Task<(T? Body, Problem? Problem)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> shape, T? absent, int limit, CancellationToken cancellation)
        where T : class
    {
        if (await ReadAllAsync(request, limit, cancellation) is not { } bytes)
        {
            return (null, Problem.TooLarge(limit));
        }

        if (bytes.Length == 0)
        {
            return absent is not null ? (absent, null) : (null, Problem.Invalid($"A body is needed: a JSON object with {Known(shape)}."));
        }

        return request.HasJsonContentType() ? Parse(bytes, shape) : (null, Problem.NotJson(Known(shape)));
    }

    private static (T? Body, Problem? Problem) Parse<T>(byte[] bytes, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, Problem.Invalid($"The body must be a JSON object with {Known(shape)}."));
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!seen.Add(member.Name))
                {
                    return (null, Problem.Invalid($"The member \"{Shorten(member.Name)}\" stands here twice. Send it once."));
                }

                if (!Members(shape).Contains(member.Name))
                {
                    return (null, Problem.Invalid($"Unknown member \"{Shorten(member.Name)}\". Known: {Known(shape)}."));
                }
            }

            return (document.Deserialize(shape), null);
        }
        catch (JsonException wrong)
        {
            var place = wrong.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? $"\"{Shorten(path[2..])}\" is of the wrong kind." : "The body is not well-formed JSON.";
            return (null, Problem.Invalid(place));
        }
    }

    // Null: too large.
    private static async Task<byte[]?> ReadAllAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            if (read.Buffer.Length > limit)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static string Known(JsonTypeInfo shape) => string.Join(", ", Members(shape));

    // Ignored members are listed as well, but cannot be read or written.
    private static IEnumerable<string> Members(JsonTypeInfo shape) => shape.Properties.Where(property => property.Get is not null).Select(property => property.Name);

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64];
}
