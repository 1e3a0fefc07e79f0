using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cli;

/// <summary>How gw calls: addresses, names within them, and every failure as one message.</summary>
internal static class Calls
{
    public static HttpClient Client(Uri address) => new(new SocketsHttpHandler
    {
        // credentials go where the operator said and nowhere else; a proxy cannot reach this machine's loopback
        AllowAutoRedirect = false,
        UseProxy = !address.IsLoopback,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = 64 * 1024 * 1024,
    };

    public static Uri Address(string text, string name) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Query.Length == 0
            ? address
            : throw CommandException.Usage($"{name}: \"{text}\" is not an http or https address.", "Write it like http://localhost:7072");

    public static Uri Join(Uri address, string path) => new($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");

    /// <summary>A name as one path segment.</summary>
    public static string Segment(string name, string what) => name.Trim('.').Length == 0
        ? throw CommandException.Usage($"\"{name}\" is not the name of a {what}.", $"Give the {what}'s name.") // "." and ".." would leave the collection
        : Uri.EscapeDataString(name);

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, string who, string start, CancellationToken cancel)
    {
        var place = request.RequestUri!.GetLeftPart(UriPartial.Authority);
        try
        {
            return await client.SendAsync(request, cancel);
        }
        catch (HttpRequestException failure)
        {
            throw new CommandException($"{who} at {place} cannot be reached: {Innermost(failure).Message.TrimEnd('.')}.", start);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CommandException($"{who} at {place} did not answer within {client.Timeout.TotalSeconds:0} s.", "Whether it was done is not known: look before you try again.");
        }
    }

    /// <summary>An answer that is not a success, as a message: the problem's title and detail where it has them.</summary>
    public static CommandException Refused(HttpResponseMessage answer, byte[] body, string who)
    {
        var status = $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
        if (Problem(answer, body) is not { } problem)
        {
            return new($"{who} answered {status} without saying why.", $"Is {answer.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority)} the right address?");
        }

        var (title, detail) = (Text(problem, "title") ?? Text(problem, "error") ?? status, Text(problem, "detail") ?? Text(problem, "error_description") ?? "");
        return detail.Length == 0 ? new($"{title.TrimEnd('.')} ({(int)answer.StatusCode}).", "") : new($"{title.TrimEnd('.')}: {detail}", "");
    }

    private static JsonObject? Problem(HttpResponseMessage answer, byte[] body)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not (MediaTypeNames.Application.ProblemJson or MediaTypeNames.Application.Json))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject problem, string name) =>
        problem.TryGetPropertyValue(name, out var value) && value is JsonValue text && text.TryGetValue<string>(out var found) ? found : null;

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;
}
