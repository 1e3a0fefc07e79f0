using System.Net;
using Gateway.Composition;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Composition;

public sealed class ComposeStageTests
{
    private readonly FakeServices _services = new();

    [Fact]
    public void Compile_OtherAction_ReturnsNextUntouched()
    {
        RequestDelegate next = _ => Task.CompletedTask;
        var route = new EffectiveRoute { Name = "r", Matches = [], Config = new() { Version = 1 } };

        Assert.Same(next, new ComposeStage(_services, TimeProvider.System).Compile(route, next));
    }

    [Fact]
    public async Task Compose_Parts_AreOneObjectInTheOrderOfTheConfiguration()
    {
        _services.Answer("b", """{ "n" : 1.50, "big": 12345678901234567890.10 }""");
        _services.Answer("a", "[1, 2]");
        var composed = new Composed(_services).Part("zeta", "GET b:/x").Part("alpha", "GET a:/y");

        var body = await composed.RunAsync();

        Assert.Equal("""{"zeta":{ "n" : 1.50, "big": 12345678901234567890.10 },"alpha":[1, 2]}""", body);
        Assert.Equal("application/json; charset=utf-8", composed.Context.Response.ContentType);
        Assert.Equal(body.Length, composed.Context.Response.ContentLength);
    }

    [Fact]
    public async Task Compose_IndependentParts_RunAtTheSameTime()
    {
        var (aStarted, bStarted) = (new TaskCompletionSource(), new TaskCompletionSource());
        _services["a"] = (_, cancellation) => AnswerAfter(aStarted, bStarted, cancellation);
        _services["b"] = (_, cancellation) => AnswerAfter(bStarted, aStarted, cancellation);

        Assert.Equal("""{"a":1,"b":1}""", await new Composed(_services).Part("a", "GET a:/").Part("b", "GET b:/").RunAsync());
    }

    [Fact]
    public async Task Compose_DependentPart_StartsAsSoonAsItsOwnAreThere()
    {
        // "slow" stands on the same level as "profile"; "prices" uses "profile" alone, and "slow" waits for "prices".
        var prices = new TaskCompletionSource();
        _services.Answer("profile", """{"tier":["gold",7]}""");
        _services["slow"] = async (_, cancellation) =>
        {
            await prices.Task.WaitAsync(cancellation);
            return FakeServices.Json("true");
        };
        _services["prices"] = (_, _) =>
        {
            prices.SetResult();
            return Task.FromResult(FakeServices.Json("9"));
        };

        var body = await new Composed(_services)
            .Part("prices", "POST prices:/quote/{parts.profile.tier.0}?n={parts.profile.tier.1}", body: """{"t":"{parts.profile.tier}","c":"{customer}"}""")
            .Part("slow", "GET slow:/").Part("profile", "GET profile:/customers/{customer}").RunAsync();

        Assert.Equal("""{"prices":9,"slow":true,"profile":{"tier":["gold",7]}}""", body);
        Assert.Contains(_services.Calls, call => call is { Service: "profile", Url: "http://backend.example/base/customers/c%2F7" });
        Assert.Contains(_services.Calls, call => call is { Service: "prices", Url: "http://backend.example/base/quote/gold?n=7", Body: """{"t":["gold",7],"c":"c/7"}""" });
    }

    [Fact]
    public async Task Compose_TimeoutOfTheRoute_StandsInForThatOfTheServices()
    {
        _services.Answer("a", "1");

        await new Composed(_services) { Timeout = TimeSpan.FromSeconds(30) }
            .Part("long", "GET a:/long").Part("short", "GET a:/short", timeout: TimeSpan.FromSeconds(5)).RunAsync();
        await new Composed(_services).Part("unsaid", "GET a:/unsaid").RunAsync();

        Assert.Equal(TimeSpan.FromSeconds(30), _services.Deadlines["/base/long"]);
        Assert.Equal(TimeSpan.FromSeconds(5), _services.Deadlines["/base/short"]);
        Assert.Null(_services.Deadlines["/base/unsaid"]);
    }

    [Fact]
    public async Task Compose_Call_CarriesIdentityIdAndAccept()
    {
        _services.Answer("a", "1");

        await new Composed(_services).Part("a", "GET a:/").RunAsync();

        var headers = _services.Calls.Single().Message.Headers;
        Assert.Equal("application/json", headers.Accept.ToString());
        Assert.Equal(("acme", "req-1", "shop.example"), (headers.GetValues("Gateway-Consumer").Single(), headers.GetValues("X-Request-Id").Single(), headers.Host));
        Assert.Equal("shop.example", headers.GetValues("X-Forwarded-Host").Single());
    }

    [Fact]
    public async Task Compose_RequiredPartFails_CancelsTheOthersAndNamesIt()
    {
        var cancelled = new TaskCompletionSource();
        _services["slow"] = async (_, cancellation) =>
        {
            using var ended = cancellation.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return FakeServices.Json("1");
        };
        _services["gone"] = (_, _) => Task.FromResult(FakeServices.Json("{}", HttpStatusCode.NotFound));
        var composed = new Composed(_services).Part("slow", "GET slow:/").Part("profile", "GET gone:/");

        var body = await composed.RunAsync();

        Assert.True(cancelled.Task.IsCompleted);
        Assert.Equal("", body);
        Assert.Equal(GatewayError.PartFailed, composed.Failure?.Error);
        Assert.Equal(("profile", 404), (composed.Member("part").GetString(), composed.Member("upstream_status").GetInt32()));
    }

    [Fact]
    public async Task Compose_Deadline_FailsARequiredPartWith504()
    {
        var time = new FakeTimeProvider();
        _services["slow"] = (_, cancellation) => Forever(time, TimeSpan.FromSeconds(10), cancellation);
        var composed = new Composed(_services, time).Part("slow", "GET slow:/");

        await composed.RunAsync();

        Assert.Equal(GatewayError.UpstreamTimeout, composed.Failure?.Error);
        Assert.Equal("slow", composed.Member("part").GetString());
    }

    [Fact]
    public async Task Compose_Deadline_StillAnswersWithTheRequiredParts()
    {
        var time = new FakeTimeProvider();
        _services.Answer("a", "1");
        _services["slow"] = (_, cancellation) => Forever(time, TimeSpan.FromSeconds(2), cancellation);
        var composed = new Composed(_services, time) { Timeout = TimeSpan.FromSeconds(2) }.Part("a", "GET a:/").Part("slow", "GET slow:/", optional: true);

        Assert.Equal("""{"a":1,"slow":null,"_errors":[{"part":"slow","reason":"timeout"}]}""", await composed.RunAsync());
    }

    [Fact]
    public async Task Compose_OwnTimeout_FailsThatPartAlone()
    {
        var time = new FakeTimeProvider();
        var slowFailed = new TaskCompletionSource();
        _services["slow"] = async (_, cancellation) =>
        {
            using var ended = cancellation.Register(slowFailed.SetResult);
            return await Forever(time, TimeSpan.FromMilliseconds(800), cancellation);
        };
        _services["a"] = async (_, cancellation) =>
        {
            await slowFailed.Task.WaitAsync(cancellation);
            return FakeServices.Json("1");
        };
        var composed = new Composed(_services, time).Part("a", "GET a:/").Part("slow", "GET slow:/", optional: true, timeout: TimeSpan.FromMilliseconds(800));

        Assert.Equal("""{"a":1,"slow":null,"_errors":[{"part":"slow","reason":"timeout"}]}""", await composed.RunAsync());
    }

    [Fact]
    public async Task Compose_ClientLeaves_CancelsEverything()
    {
        using var client = new CancellationTokenSource();
        _services["a"] = async (_, cancellation) =>
        {
            await client.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return FakeServices.Json("1");
        };
        _services.Answer("b", "1");
        var composed = new Composed(_services) { Client = client.Token }.Part("a", "GET a:/", optional: true).Part("b", "GET b:/{parts.a}", optional: true);

        await composed.RunAsync();

        Assert.Equal(GatewayError.ClientGone, composed.Failure?.Error);
        Assert.DoesNotContain(_services.Calls, call => call.Service == "b");
    }

    [Fact]
    public async Task Compose_Head_CallsAndSendsNoBody()
    {
        _services.Answer("a", "1");
        var composed = new Composed(_services) { Method = "HEAD" }.Part("a", "GET a:/");

        Assert.Equal("", await composed.RunAsync());
        Assert.Equal(7, composed.Context.Response.ContentLength);
    }

    [Fact]
    public async Task Compose_Calls_AreInTheAccessLog()
    {
        _services.Answer("a", "1");
        _services.Answer("b", "1");
        var composed = new Composed(_services).Part("x", "GET a:/").Part("y", "GET b:/").Part("z", "GET a:/2");

        await composed.RunAsync();

        Assert.Equal(("a,b", "http://backend.example", 200, 3), composed.Context.Gateway().Upstream is { } call ? (call.Service, call.Url, call.Status, call.Attempts) : default);
    }

    [Fact]
    public async Task Compose_FaultOfOurOwn_CancelsTheOthers()
    {
        _services["a"] = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return FakeServices.Json("1");
        };
        _services["b"] = (_, _) => throw new InvalidOperationException("a bug");

        await Assert.ThrowsAsync<InvalidOperationException>(() => new Composed(_services).Part("a", "GET a:/").Part("b", "GET b:/").RunAsync());
    }

    private static async Task<HttpResponseMessage> AnswerAfter(TaskCompletionSource mine, TaskCompletionSource other, CancellationToken cancellation)
    {
        mine.SetResult();
        await other.Task.WaitAsync(cancellation);
        return FakeServices.Json("1");
    }

    // The time passes when the call is under way.
    private static async Task<HttpResponseMessage> Forever(FakeTimeProvider time, TimeSpan pass, CancellationToken cancellation)
    {
        await Task.Yield();
        time.Advance(pass);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        throw new UpstreamException(GatewayError.Internal, "unreachable");
    }
}
