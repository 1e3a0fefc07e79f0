using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ControlPlane.Management;

/// <summary>What a call is answered with; written in one place.</summary>
internal sealed class Answer
{
    private readonly byte[] _body;
    private readonly string? _type;

    private Answer(int status, byte[] body, string? type) => (Status, _body, _type) = (status, body, type);

    public int Status { get; }

    /// <summary>Header fields beside the body's own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    public static Answer NoContent { get; } = new(StatusCodes.Status204NoContent, [], null);

    public static Answer Json<T>(int status, T value, JsonTypeInfo<T> shape) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, shape), "application/json");

    public static Answer Raw(byte[] json) => new(StatusCodes.Status200OK, json, "application/json");

    public static Answer Refuse(Problem problem, string call, params IReadOnlyList<KeyValuePair<string, string>> headers) =>
        new(problem.Status, JsonSerializer.SerializeToUtf8Bytes(problem with { Instance = call }, ManagementJson.Default.Problem), "application/problem+json")
        {
            Headers = headers,
        };

    public async Task WriteAsync(HttpContext context, string call)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = _type;
        response.Headers["X-Request-Id"] = call;

        // Answers may hold a key, and lists go out of date at once.
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (_body.Length > 0)
        {
            response.ContentLength = _body.Length;
            await response.Body.WriteAsync(_body, context.RequestAborted);
        }
    }
}
