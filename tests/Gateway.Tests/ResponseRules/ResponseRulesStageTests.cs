using Gateway.Errors;
using Gateway.Requests;
using Gateway.ResponseRules;
using Gateway.Tests.Requests;
using Gateway.Tests.Routing;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.ResponseRules;

public class ResponseRulesStageTests
{
    private static readonly HeaderRulesConfig _rules = new()
    {
        Set = new Dictionary<string, string> { ["Cache-Control"] = "no-cache", ["x-new"] = "1", ["Content-Length"] = "9", ["connection"] = "close" },
        Remove = ["server", "X-Powered-By", "transfer-encoding"],
    };

    [Fact]
    public async Task Invoke_AnswerOfTheAction_IsChangedJustBeforeItIsSent()
    {
        var (context, response) = StartedResponse.Create();
        await Compile(_rules, next =>
        {
            next.Response.Headers.CacheControl = "max-age=60";
            next.Response.Headers.Server = "a";
            next.Response.Headers["x-powered-by"] = "b";
            next.Response.Headers["x-kept"] = "c";
            next.Response.Headers.TransferEncoding = "chunked";
            return Task.CompletedTask;
        })(context);
        await response.StartAsync();

        Assert.Equal(
            ["Cache-Control: no-cache", "Transfer-Encoding: chunked", "x-kept: c", "x-new: 1"],
            context.Response.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Invoke_Problem_IsLeftAlone()
    {
        var (context, response) = StartedResponse.Create();
        await Compile(_rules, next => next.Refuse(GatewayError.UpstreamTimeout))(context);
        await Problem.WriteAsync(context, context.Gateway().Failure!);
        await response.StartAsync();

        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.False(context.Response.Headers.ContainsKey("x-new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Length")]
    public void Compile_NothingToDo_CostsNothing(string name)
    {
        RequestDelegate next = _ => Task.CompletedTask;

        Assert.Same(next, Compile(name.Length == 0 ? new() : new() { Remove = [name] }, next));
    }

    private static RequestDelegate Compile(HeaderRulesConfig rules, RequestDelegate next) =>
        new ResponseRulesStage().Compile(Routes.Of("r", "GET /") with { Response = new() { Headers = rules } }, next);
}
