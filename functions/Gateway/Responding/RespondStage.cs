using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Responding;

/// <summary>Answers from the configuration. The body is rendered once, at load.</summary>
internal sealed class RespondStage : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        if (route.Respond is not { } respond)
        {
            return next;
        }

        var (body, type) = Render(respond);
        var headers = respond.Headers.Select(header => KeyValuePair.Create(header.Key, new StringValues(header.Value))).ToArray();
        return context => Answer(context, respond.Status, type, headers, body);
    }

    private static (byte[]? Body, string? Type) Render(RespondConfig respond) =>
        respond.Json is { } json ? (Encoding.UTF8.GetBytes(json.ToJsonString()), "application/json; charset=utf-8")
        : respond.Text is { } text ? (Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8")
        : (null, null);

    private static Task Answer(HttpContext context, int status, string? type, KeyValuePair<string, StringValues>[] headers, byte[]? body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        // RFC 9110 §8.6: neither body nor length with 204; §15.4.5: 304 has no body.
        if (status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        response.ContentLength = body?.Length ?? 0;
        return body is null || HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
