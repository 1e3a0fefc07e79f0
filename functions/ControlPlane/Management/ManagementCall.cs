using System.Text.Json.Serialization.Metadata;
using ControlPlane.Certificates;
using ControlPlane.Consumers;
using ControlPlane.Keys;
using ControlPlane.Limits;
using ControlPlane.Releases;
using Microsoft.AspNetCore.Http;

namespace ControlPlane.Management;

/// <summary>One call of the API: what the handlers take from it and answer with.</summary>
/// <param name="Context">The exchange.</param>
/// <param name="Id">Id of the call, for the log and the answer.</param>
/// <param name="Desks">Those who do the work.</param>
/// <param name="Cancellation">Ends the call's work; not tied to the client, so that a change is not left half done when it goes away.</param>
internal sealed record ManagementCall(HttpContext Context, string Id, Desks Desks, CancellationToken Cancellation)
{
    private static readonly string[] Parameters = ["name", "id", "limit", "service", "slug"];

    public ConsumerDesk Consumers => Desks.Consumers;

    public KeyDesk Keys => Desks.Keys;

    public LimitDesk Limits => Desks.Limits;

    public ICertificateDesk Certificates => Desks.Certificates;

    public ReleaseDesk Releases => Desks.Releases;

    /// <summary>Who calls, as the log names them.</summary>
    public string Who { get; set; } = "nobody";

    /// <summary>What the path names, a consumer, the id of a key, a rotation or a release, a limit, a service or a kind of problem, or empty.</summary>
    public string Target { get; } = TargetOf(Context);

    /// <summary>Reads the body and goes on with it, or answers with what is wrong with it.</summary>
    public async Task<Answer> WithBodyAsync<T>(JsonTypeInfo<T> shape, T? absent, Func<T, Task<Answer>> next, int limit = RequestBody.Limit)
        where T : class
    {
        var (body, problem) = await RequestBody.ReadAsync(Context.Request, shape, absent, limit, Cancellation);
        return problem is null ? await next(body!) : Refuse(problem);
    }

    /// <summary>The answer to what a desk said.</summary>
    public Answer Of<T>(Outcome<T> outcome, Func<T, Answer> answer)
        where T : class => outcome.Refusal is { } refusal ? Refuse(Problem.Of(refusal)) : answer(outcome.Value!);

    /// <summary>What passes by itself says when to come back.</summary>
    public Answer Refuse(Problem problem) =>
        problem.Status == StatusCodes.Status503ServiceUnavailable ? Answer.Refuse(problem, Id, new KeyValuePair<string, string>("Retry-After", "2")) : Answer.Refuse(problem, Id);

    // The server decodes the path but for %2F, which it leaves as it is; names never hold that text themselves.
    private static string TargetOf(HttpContext context) =>
        Parameters.Select(name => context.Request.RouteValues.GetValueOrDefault(name)).FirstOrDefault(value => value is not null) is string value
            ? value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            : "";
}
