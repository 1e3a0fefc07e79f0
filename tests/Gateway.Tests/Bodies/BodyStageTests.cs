using Gateway.Bodies;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Tests.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Bodies;

public class BodyStageTests
{
    private static readonly BodyConfig _small = new() { Max = new(10) };

    [Theory]
    [InlineData(10, false, 200)]
    [InlineData(11, false, 413)]
    [InlineData(10, true, 200)]
    [InlineData(11, true, 413)]
    [InlineData(1_000_000, true, 413)]
    [InlineData(0, true, 200)]
    [InlineData(0, false, 200)]
    public async Task Request_OverTheLimit_Is413AndNobodyReadsMore(int size, bool chunked, int status)
    {
        var seen = 0L;
        await using var server = await Start(_small, async context =>
        {
            var buffer = new byte[7];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            {
                seen += read;
            }
        });

        Assert.Equal(status, await server.Post(size, chunked));
        Assert.True(seen <= 10);
        Assert.Equal(status == 413 ? GatewayError.RequestTooLarge : null, server.Failure?.Error);
    }

    [Fact]
    public async Task Request_OverTheLimitReadThroughThePipe_Is413()
    {
        await using var server = await Start(_small, async context => await context.Request.BodyReader.CopyToAsync(Stream.Null, context.RequestAborted));

        Assert.Equal(413, await server.Post(100, chunked: true));
    }

    // The forwarder turns a body that cannot be read into an error of its own; the failure that was noted first wins.
    [Fact]
    public async Task Request_OverTheLimitWithAReaderThatSwallows_IsStill413()
    {
        await using var server = await Start(_small, async context =>
        {
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            }
            catch (BadHttpRequestException)
            {
                context.Gateway().Failure ??= new(GatewayError.UpstreamUnreachable);
            }
        });

        Assert.Equal(413, await server.Post(100, chunked: true));
    }

    [Fact]
    public async Task Request_DeclaredTooLarge_IsRefusedBeforeAnythingIsRead()
    {
        var entered = false;
        await using var server = await Start(_small, context =>
        {
            entered = true;
            return Task.CompletedTask;
        });

        Assert.Equal(413, await server.Post(11, chunked: false));
        Assert.False(entered);
        Assert.Contains("10B", server.Failure?.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_NoLimitSet_MayBeLargerThanTheServersOwn(bool chunked)
    {
        var seen = 0L;
        await using var server = await Start(null, async context =>
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            {
                seen += read;
            }
        });

        Assert.Equal(200, await server.Post(31_000_000, chunked));
        Assert.Equal(31_000_000, seen);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=utf-8", true)]
    [InlineData(" application/json ;x=y", true)]
    [InlineData("image/png", true)]
    [InlineData("IMAGE/svg+xml", true)]
    [InlineData("image/", false)]
    [InlineData("image", false)]
    [InlineData("application/jsonx", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("text/plain", false)]
    [InlineData("text/plain; a=application/json", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Contains_MediaType_ComparesTypeAndSubtype(string? type, bool isIn) =>
        Assert.Equal(isIn, new MediaTypes(["application/json", "image/*"]).Contains(type));

    [Theory]
    [InlineData(5, "text/plain", true, 415)]
    [InlineData(5, null, true, 415)]
    [InlineData(5, "application/json", true, 200)]
    [InlineData(5, "text/plain", false, 415)]
    [InlineData(0, "text/plain", false, 200)]
    [InlineData(0, null, false, 200)]
    public async Task Request_OfAnotherType_Is415WithTheTypesThatAreTaken(int size, string? type, bool chunked, int status)
    {
        await using var server = await Start(new() { Types = ["application/json", "text/json"] }, _ => Task.CompletedTask);

        Assert.Equal(status, await server.Post(size, chunked, type));
        Assert.Equal(status == 415 ? "application/json, text/json" : null, server.Failure?.Headers.Single(header => header.Key == "Accept").Value);
    }

    private static Task<Server> Start(BodyConfig? config, RequestDelegate action) =>
        Server.StartAsync(new BodyStage().Compile(Routes.Of("r", "POST /") with { Body = config }, action));

    private sealed class Server(WebApplication app) : IAsyncDisposable
    {
        public Failure? Failure { get; private set; }

        public static async Task<Server> StartAsync(RequestDelegate way)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var server = new Server(app);
            var errors = new ErrorsMiddleware(way, NullLogger<ErrorsMiddleware>.Instance);
            app.Run(async context =>
            {
                context.Features.Set(new GatewayRequest { Id = "1" });
                await errors.InvokeAsync(context);
                server.Failure = context.Gateway().Failure;
                await context.Response.CompleteAsync();
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            return server;
        }

        public async Task<int> Post(int size, bool chunked, string? type = null)
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, app.Urls.First()) { Content = new ByteArrayContent(new byte[size]) };
            request.Headers.TransferEncodingChunked = chunked ? true : null;
            request.Headers.ExpectContinue = true; // or the refusal may overtake the body and break the connection
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
