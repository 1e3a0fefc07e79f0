using Mesh.Callers;
using Mesh.Trust;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mesh.Tests.Callers;

/// <summary>Plain calls to strict apps with an open endpoint, and with more than endpoints: what answers beside them must not answer to strangers.</summary>
public sealed class CallerRoutingTests
{
    private int _reached;

    // The open endpoint's template fits each path; its other conditions, or another endpoint, keep it from being chosen.
    public static TheoryData<string, Action<IEndpointRouteBuilder>> Neighbours() => new()
    {
        { "of another constraint", routes => routes.MapGet("/{id:int}", () => "open").AllowPlainCaller() },
        { "of another host", routes => routes.MapGet("/{id}", () => "open").RequireHost("other.example").AllowPlainCaller() },
        { "of another method", routes => routes.MapPost("/{id}", () => "open").AllowPlainCaller() },
        {
            "of a closed endpoint", routes =>
            {
                routes.MapGet("/{id}", () => "open").AllowPlainCaller();
                routes.MapGet("/admin", () => "closed");
            }
        },
    };

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task Branch_BesideAnOpenEndpoint_IsNotReached(string what, Action<IEndpointRouteBuilder> map)
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            map(app);
            app.Map("/admin", Branch);
        });
        using var plain = new Caller(backend.Plain);
        using var gateway = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()));

        Assert.Equal(("certificate-missing", 0, what), ((await plain.GetAsync("/admin")).Slug, _reached, what));
        Assert.Equal(["plain: certificate-missing"], backend.Calls);
        Assert.Equal("branch", (await gateway.GetAsync("/admin")).Body);
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task Branch_BeforeRouting_IsNotReached(string what, Action<IEndpointRouteBuilder> map)
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.Map("/admin", Branch);
            app.UseRouting();
            map(app);
        });
        using var plain = new Caller(backend.Plain);

        Assert.Equal(("certificate-missing", 0, what), ((await plain.GetAsync("/admin")).Slug, _reached, what));
    }

    [Fact]
    public async Task Branch_BesideAnOpenEndpoint_IsNotReachedByAServiceThatIsNotListed()
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.RequireMeshCaller("gateway");
            app.MapGet("/{id:int}", () => "open").RequireMeshCaller("customers");
            app.Map("/admin", Branch);
        });
        using var customers = new Caller(backend.Secure, backend.Authority.Issue("customers", backend.Time.GetUtcNow()));

        Assert.Equal(("wrong-service", 0), ((await customers.GetAsync("/admin")).Slug, _reached));
        Assert.Equal("open", (await customers.GetAsync("/42")).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenEndpoint_IsChosenOnceAndReachedThroughTheApp(bool routesItself)
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.Use((context, next) =>
            {
                _reached++;
                return next(context);
            });
            if (routesItself)
            {
                app.UseRouting();
            }

            app.MapGet("/{id:int}", (int id) => $"open {id}").AllowPlainCaller();
        });
        using var plain = new Caller(backend.Plain);

        Assert.Equal(("open 42", 1), ((await plain.GetAsync("/42")).Body, _reached));
        Assert.Equal(["plain: exempt"], backend.Calls);
    }

    [Fact]
    public async Task OpenEndpoint_ThatCutsThePipelineShort_AnswersOnce()
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.MapGet("/ping", () => $"{++_reached}").ShortCircuit().AllowPlainCaller();
            app.MapGet("/closed", () => $"{++_reached}").ShortCircuit();
        });
        using var plain = new Caller(backend.Plain);

        Assert.Equal("1", (await plain.GetAsync("/ping")).Body);
        Assert.Equal("certificate-missing", (await plain.GetAsync("/closed")).Slug);
        Assert.Equal(["plain: exempt", "plain: certificate-missing"], backend.Calls);
    }

    [Fact]
    public async Task Endpoint_OfABranchWithRoutesOfItsOwn_IsNotReachedElsewhere()
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.Map("/admin", branch => branch.UseRouting().UseEndpoints(routes => routes.MapGet("/open", () => $"{++_reached}").AllowPlainCaller()));
            app.MapGet("/health", () => "healthy").AllowPlainCaller();
        });
        using var plain = new Caller(backend.Plain);

        Assert.Equal(("certificate-missing", 0), ((await plain.GetAsync("/open")).Slug, _reached));
        Assert.Equal("healthy", (await plain.GetAsync("/health")).Body);
    }

    // As the worker of a function app is made.
    [Fact]
    public async Task Host_ThatIsNoWebApplication_IsJudgedAlike()
    {
        using var host = new HostBuilder()
            .ConfigureWebHost(web => web
                .UseKestrel()
                .UseUrls("http://127.0.0.1:0")
                .ConfigureServices(services => services.AddRouting().AddSingleton<ITrust>(new FakeTrust()).AddMeshCallers(new() { Source = MeshCallerSource.Tls }))
                .Configure(app =>
                {
                    app.Map("/admin", Branch);
                    app.UseRouting().UseEndpoints(routes => routes.MapGet("/{id:int}", (int id) => $"open {id}").AllowPlainCaller());
                }))
            .Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var plain = new Caller(new(host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()));

        Assert.Equal(("certificate-missing", 0), ((await plain.GetAsync("/admin")).Slug, _reached));
        Assert.Equal("open 42", (await plain.GetAsync("/42")).Body);
    }

    [Fact]
    public async Task App_WithoutRoutes_TakesWorkloadsAlone()
    {
        await using var backend = await RunningBackend.StartAsync(configure: Branch);
        using var plain = new Caller(backend.Plain);
        using var gateway = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()));

        Assert.Equal(("certificate-missing", 0), ((await plain.GetAsync("/")).Slug, _reached));
        Assert.Equal("branch", (await gateway.GetAsync("/")).Body);
    }

    private void Branch(IApplicationBuilder app) => app.Run(context =>
    {
        _reached++;
        return context.Response.WriteAsync("branch");
    });
}
