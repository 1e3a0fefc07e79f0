using System.Diagnostics.Metrics;
using System.Net;
using Azure.Data.Tables;
using Gateway.Errors;
using Gateway.Limits;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using Tests.Shared;

namespace Gateway.Tests.Limits;

public sealed class LimitStageTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services;
    private readonly MetricCollector<long> _metrics;
    private int _served;

    public LimitStageTests()
    {
        _services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton<TimeProvider>(_time).AddSingleton<TableServiceClient>(new FakeTables())
            .AddSingleton(new GatewayOptions { ConfigPath = "unread.yaml" }).AddLimits().BuildServiceProvider();
        _metrics = new(_services.GetRequiredService<IMeterFactory>(), "ServerlessGateway", "gateway.limits.requests");
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Compile_NoLimits_ReturnsNextUntouched()
    {
        RequestDelegate next = _ => Task.CompletedTask;

        Assert.Same(next, Stage.Compile(Route([]), next));
    }

    [Fact]
    public async Task Request_Admitted_IsToldOfEveryLimit()
    {
        var answer = await Send(Route(["per-consumer", "bursty", "monthly", "streams"]));

        Assert.Equal("\"per-consumer\";q=2;w=10, \"bursty\";q=10;w=1;burst=50, \"monthly\";q=1000;w=2592000, \"streams\";q=3;qu=\"concurrent-requests\"", answer.Policy);
        Assert.Equal("\"per-consumer\";r=1;t=10, \"bursty\";r=49;t=1, \"monthly\";r=999;t=648000, \"streams\";r=2", answer.State);
        Assert.NotNull(StrictList.Parse(answer.Policy));
        Assert.NotNull(StrictList.Parse(answer.State));
        Assert.Equal(1, _served);
    }

    [Fact]
    public async Task Request_OverALimit_IsRefusedAndToldWhen()
    {
        var route = Route(["per-consumer", "bursty"]);
        await Send(route);
        await Send(route);
        _time.Advance(TimeSpan.FromSeconds(2.5));

        var answer = await Send(route);

        Assert.Equal(2, _served);
        Assert.Equal(GatewayError.RateLimited, answer.Failure?.Error);
        Assert.Equal(["per-consumer"], Assert.IsAssignableFrom<IEnumerable<string>>(answer.Failure!.Members.Single(member => member.Key == "violated-policies").Value));
        Assert.Equal(new("Retry-After", "8"), answer.Failure.Headers.Single());
        Assert.StartsWith("\"per-consumer\";r=0;t=8, \"bursty\";r=50", answer.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_AfterRetryAfter_IsAdmitted()
    {
        var route = Route(["per-consumer"]);
        Answer answer;
        while ((answer = await Send(route)).Failure is null)
        {
            _time.Advance(TimeSpan.FromSeconds(0.3));
        }

        _time.Advance(TimeSpan.FromSeconds(int.Parse(answer.Failure.Headers.Single().Value, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Null((await Send(route)).Failure);
    }

    [Fact]
    public async Task Request_ErrorAnswerLater_StillHasTheHeaders()
    {
        var answer = await Send(Route(["per-consumer"]), next: context =>
        {
            context.Response.Clear();
            context.Response.Headers["RateLimit"] = "the service's own";
            return Task.CompletedTask;
        });

        Assert.Equal("\"per-consumer\";r=1;t=10", answer.State);
    }

    [Fact]
    public async Task Plan_OtherNumbers_Count()
    {
        var answer = await Send(Route(["per-consumer"]), plan: "gold");

        Assert.Equal("\"per-consumer\";q=1000;w=10", answer.Policy);
    }

    [Fact]
    public async Task Plan_Unlimited_IsNotCountedNorToldOf()
    {
        var answer = await Send(Route(["monthly"]), plan: "gold");

        Assert.Equal(("", 1), (answer.Policy, _served));
        Assert.Equal(0, _services.GetRequiredService<LimitCounters>().Count);
    }

    [Fact]
    public async Task Shadow_OverTheLimit_IsOnlyCounted()
    {
        var route = Route(["shadowed"]);
        await Send(route);

        var answer = await Send(route);

        Assert.Equal(("", 2), (answer.Policy, _served));
        Assert.Equal(["shadowed admitted", "shadowed shadow"], Measured());
    }

    [Fact]
    public async Task Outcomes_AreMeasured()
    {
        var route = Route(["per-consumer", "bursty"]);
        await Send(route);
        await Send(route);
        await Send(route);

        Assert.Equal(["per-consumer admitted", "bursty admitted", "per-consumer admitted", "bursty admitted", "per-consumer refused"], Measured());
    }

    [Fact]
    public async Task InFlight_FailedRequest_ComesBack()
    {
        var route = Route(["one-at-a-time"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Send(route, next: _ => throw new InvalidOperationException("a bug")));

        Assert.Null((await Send(route)).Failure);
    }

    [Fact]
    public async Task InFlight_SecondAtTheSameTime_IsRefused()
    {
        var route = Route(["one-at-a-time"]);
        Answer? second = null;

        await Send(route, next: async _ => second = await Send(route));

        Assert.Equal("1", second?.Failure?.Headers.Single().Value);
    }

    [Fact]
    public async Task Reload_SameShape_KeepsTheCount()
    {
        await Send(Route(["per-consumer"]));
        await Send(Route(["per-consumer"]));

        Assert.NotNull((await Send(Route(["per-consumer"]))).Failure);
    }

    private LimitStage Stage => _services.GetRequiredService<LimitStage>();

    private IEnumerable<string> Measured() => _metrics.GetMeasurementSnapshot().Select(measurement => $"{measurement.Tags["limit"]} {measurement.Tags["outcome"]}");

    private async Task<Answer> Send(EffectiveRoute route, string? plan = null, RequestDelegate? next = null)
    {
        var response = new StartingResponse();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(response);
        context.Features.Set(new GatewayRequest
        {
            Id = "1",
            ClientAddress = IPAddress.Loopback,
            Caller = new() { Kind = CallerKind.ApiKey, Consumer = "acme", Plan = plan },
        });
        await Stage.Compile(route, next ?? (_ =>
        {
            _served++;
            return Task.CompletedTask;
        }))(context);
        await response.StartAsync();
        return new(context.Response.Headers["RateLimit-Policy"].ToString(), context.Response.Headers["RateLimit"].ToString(), context.Gateway().Failure);
    }

    private static EffectiveRoute Route(string[] limits) => new()
    {
        Name = "r",
        Matches = [],
        Limits = limits,
        Config = new()
        {
            Version = 1,
            Limits = new Dictionary<string, LimitConfig>
            {
                ["per-consumer"] = new() { Count = 2, Window = TimeSpan.FromSeconds(10), By = [new(LimitKeyKind.Consumer)] },
                ["bursty"] = new() { Count = 10, Window = TimeSpan.FromSeconds(1), Burst = 50 },
                ["monthly"] = new() { Count = 1000, Period = CalendarPeriod.Month },
                ["streams"] = new() { Count = 3, InFlight = true },
                ["one-at-a-time"] = new() { Count = 1, InFlight = true },
                ["shadowed"] = new() { Count = 1, Window = TimeSpan.FromSeconds(10), Shadow = true },
            },
            Plans = new Dictionary<string, IReadOnlyDictionary<string, PlanLimitConfig>>
            {
                ["gold"] = new Dictionary<string, PlanLimitConfig> { ["per-consumer"] = new() { Count = 1000 }, ["monthly"] = new() { Unlimited = true } },
            },
        },
    };

    private sealed record Answer(string Policy, string State, Failure? Failure);

    /// <summary>A response that begins when the test says so.</summary>
    private sealed class StartingResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _callbacks = new();

        public override void OnStarting(Func<object, Task> callback, object state) => _callbacks.Push((callback, state));

        public async Task StartAsync()
        {
            while (_callbacks.TryPop(out var entry))
            {
                await entry.Callback(entry.State);
            }
        }
    }
}
