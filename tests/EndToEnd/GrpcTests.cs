using EndToEnd.Harness;
using EndToEnd.Talk;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EndToEnd;

/// <summary>gRPC through the cleartext HTTP/2 listener, to a real gRPC service.</summary>
public sealed class GrpcTests : IAsyncLifetime
{
    private TestBackend? _backend;
    private LocalHostProcess? _host;
    private GrpcChannel? _channel;

    private Talk.Talk.TalkClient Client => new(_channel);

    private Metadata Credential => new() { { "x-api-key", _host!.Values["API_KEY"] } };

    public async ValueTask InitializeAsync()
    {
        _backend = await TestBackend.StartAsync(
            app => app.MapGrpcService<TalkBackend>(),
            services => services.AddLogging().AddGrpc(),
            HttpProtocols.Http2);
        _host = await LocalHostProcess.StartWithConfigAsync(
            """
            version: 1
            services:
              talk: { urls: ["${env:BACKEND_URL}"], protocol: http2 }
            routes:
              talk: { match: "POST /Talk/{method}", auth: apiKey, forward: talk }
            """,
            new Dictionary<string, string> { ["BACKEND_URL"] = _backend.Url },
            "--http2-port",
            "0");
        _channel = GrpcChannel.ForAddress(_host.Values["GATEWAY_HTTP2_URL"]);
    }

    [Fact]
    public async Task Unary_GivesTheReplyAndItsTrailers()
    {
        using var call = Client.GreetAsync(new() { Name = "Ada" }, Credential, cancellationToken: TestContext.Current.CancellationToken);

        var reply = await call;

        Assert.Equal("Hello Ada", reply.Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal("the message", call.GetTrailers().GetValue("x-after"));
    }

    [Fact]
    public async Task ServerStreaming_GivesEveryMessage()
    {
        using var call = Client.Count(new() { Name = "n" }, Credential, cancellationToken: TestContext.Current.CancellationToken);

        var texts = new List<string>();
        await foreach (var reply in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            texts.Add(reply.Text);
        }

        Assert.Equal(["n 1", "n 2", "n 3"], texts);
    }

    [Fact]
    public async Task Duplex_AnswersBeforeTheNextQuestion()
    {
        using var call = Client.Chat(Credential, cancellationToken: TestContext.Current.CancellationToken);

        foreach (var name in new[] { "Ada", "Grace" })
        {
            await call.RequestStream.WriteAsync(new() { Name = name }, TestContext.Current.CancellationToken);
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.Equal($"Hello {name}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Failure_OfTheService_KeepsItsStatus()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await Client.RefuseAsync(new() { Name = "Ada" }, Credential, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
        Assert.Equal("not today", failure.Status.Detail);
    }

    [Fact]
    public async Task Call_WithoutCredential_IsUnauthenticated()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await Client.GreetAsync(new() { Name = "Ada" }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_backend is not null)
        {
            await _backend.DisposeAsync();
        }
    }
}
