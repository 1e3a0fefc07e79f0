using System.Text;
using System.Text.Json.Nodes;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Testing;

namespace Gateway.Tests.Errors;

public sealed class ErrorsMiddlewareTests
{
    private readonly FakeLogger<ErrorsMiddleware> _logger = new();

    [Fact]
    public async Task Refusal_BecomesProblem()
    {
        var context = NewContext();

        await Run(context, c => c.Refuse(new Failure(GatewayError.RateLimited)
        {
            Detail = "Wait 3 s.",
            Headers = [new("Retry-After", "3")],
            Members = [new("violated-policies", new[] { "per-consumer" })],
        }));

        Assert.Equal(429, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.Equal("3", context.Response.Headers.RetryAfter);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        var problem = Body(context);
        Assert.Equal(
            """{"type":"/_gateway/problems/rate-limited","title":"A limit is reached.","status":429,"detail":"Wait 3 s.","instance":"request-1","violated-policies":["per-consumer"]}""",
            problem!.ToJsonString());
        Assert.Equal(context.Response.ContentLength, context.Response.Body.Length);
    }

    [Fact]
    public async Task Refusal_WithoutDetail_SaysWhatTheErrorMeans()
    {
        var context = NewContext();

        await Run(context, c => c.Refuse(GatewayError.NoRoute));

        Assert.Equal(GatewayError.NoRoute.Describe().Meaning, (string?)Body(context)!["detail"]);
    }

    [Fact]
    public async Task Detail_WithQuotes_IsReadable()
    {
        var context = NewContext();

        await Run(context, c => c.Refuse(GatewayError.MalformedRequest, "The path's dots leave the root."));

        Assert.Contains("The path's dots", Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_OfHead_HasNoBodyAndItsLength()
    {
        var context = NewContext();
        context.Request.Method = "HEAD";

        await Run(context, c => c.Refuse(GatewayError.NoRoute));

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal(0, context.Response.Body.Length);
        Assert.True(context.Response.ContentLength > 0);
    }

    [Fact]
    public async Task Refusal_AfterHeadersWereSet_LeavesNoneOfThem()
    {
        var context = NewContext();

        await Run(context, c =>
        {
            c.Response.Headers["x-from-the-service"] = "1";
            return c.Refuse(GatewayError.UpstreamUnreachable);
        });

        Assert.False(context.Response.Headers.ContainsKey("x-from-the-service"));
    }

    [Theory]
    [InlineData(413, "request-too-large")]
    [InlineData(408, "request-timeout")]
    [InlineData(400, "malformed-request")]
    public async Task BadRequestException_BecomesItsProblem(int status, string slug)
    {
        var context = NewContext();

        await Run(context, _ => throw new BadHttpRequestException("from the server", status));

        Assert.Equal(status, context.Response.StatusCode);
        Assert.EndsWith(slug, (string)Body(context)!["type"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownException_IsInternal_LoggedAndNotShown()
    {
        var context = NewContext();

        await Run(context, _ => throw new InvalidOperationException("secret detail"));

        Assert.Equal(500, context.Response.StatusCode);
        Assert.DoesNotContain("secret", Body(context)!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("secret detail", Assert.Single(_logger.Collector.GetSnapshot()).Exception!.Message);
    }

    [Fact]
    public async Task Exception_AfterAStageRefused_KeepsTheRefusal()
    {
        var context = NewContext();

        await Run(context, c =>
        {
            c.Refuse(GatewayError.RequestTooLarge);
            throw new IOException("the copy of the body broke off");
        });

        Assert.Equal(413, context.Response.StatusCode);
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task Exception_WhenTheClientIsGone_IsNotAFaultOfOurs()
    {
        var context = NewContext();
        context.RequestAborted = new CancellationToken(canceled: true);

        await Run(context, _ => throw new OperationCanceledException());

        Assert.Equal(499, context.Response.StatusCode);
        Assert.Equal(GatewayError.ClientGone, context.Gateway().Failure!.Error);
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task Failure_AfterTheAnswerBegan_BreaksItOff()
    {
        var context = NewContext();
        var lifetime = new Lifetime();
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());

        await Run(context, c => c.Refuse(GatewayError.UpstreamUnreachable));

        Assert.True(lifetime.Aborted);
        Assert.Equal(200, context.Response.StatusCode);
    }

    [Fact]
    public async Task Success_IsLeftAlone()
    {
        var context = NewContext();

        await Run(context, c =>
        {
            c.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        Assert.Equal(204, context.Response.StatusCode);
        Assert.Null(context.Response.ContentType);
    }

    private Task Run(HttpContext context, RequestDelegate next) => new ErrorsMiddleware(next, _logger).InvokeAsync(context);

    private static DefaultHttpContext NewContext()
    {
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();
        context.Features.Set(new GatewayRequest { Id = "request-1" });
        return context;
    }

    private static JsonNode? Body(HttpContext context) => JsonNode.Parse(((MemoryStream)context.Response.Body).ToArray());

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool Aborted { get; private set; }

        public void Abort() => Aborted = true;
    }

    private sealed class StartedResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
