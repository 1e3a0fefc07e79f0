using System.Text;
using System.Text.Json.Nodes;
using Gateway.Responding;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Responding;

public sealed class RespondStageTests
{
    [Fact]
    public void Compile_OtherAction_ReturnsNextUntouched()
    {
        RequestDelegate next = _ => Task.CompletedTask;

        Assert.Same(next, new RespondStage().Compile(Route(null), next));
    }

    [Fact]
    public async Task Respond_Json_HasTypeAndLength()
    {
        var (context, body) = await Answer(new() { Json = JsonNode.Parse("""{"ok":true}""") });

        Assert.Equal("""{"ok":true}""", body);
        Assert.Equal((200, "application/json; charset=utf-8", 11), (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength));
    }

    [Fact]
    public async Task Respond_Text_CountsBytesNotCharacters()
    {
        var (context, body) = await Answer(new() { Text = "größer", Status = 418 });

        Assert.Equal("größer", body);
        Assert.Equal((418, "text/plain; charset=utf-8", 8), (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength));
    }

    [Fact]
    public async Task Respond_Head_HasLengthAndNoBody()
    {
        var (context, body) = await Answer(new() { Text = "hello" }, "HEAD");

        Assert.Equal(("", 5), (body, context.Response.ContentLength));
    }

    [Fact]
    public async Task Respond_Headers_OverrideTheType()
    {
        var (context, _) = await Answer(new() { Text = "<p>", Headers = new Dictionary<string, string> { ["Content-Type"] = "text/html", ["X-A"] = "1" } });

        Assert.Equal(("text/html", "1"), (context.Response.ContentType, context.Response.Headers["x-a"].ToString()));
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(304, null)]
    [InlineData(200, 0L)]
    public async Task Respond_NoBody_HasLengthWhereAllowed(int status, long? length)
    {
        var (context, _) = await Answer(new() { Status = status });

        Assert.Equal((status, length), (context.Response.StatusCode, context.Response.ContentLength));
    }

    private static async Task<(HttpContext Context, string Body)> Answer(RespondConfig config, string method = "GET")
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Response.Body = body;
        await new RespondStage().Compile(Route(config), _ => throw new InvalidOperationException("An action ends the way."))(context);
        return (context, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static EffectiveRoute Route(RespondConfig? respond) =>
        new() { Name = "r", Matches = [], Config = new() { Version = 1 }, Respond = respond };
}
