using System.Net;
using Mesh.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Tests.Shared;

namespace Mesh.Tests.Callers;

/// <summary>Calls over TLS: who gets in, and what the others are told.</summary>
public sealed class ReceivedCallTests
{
    public static TheoryData<Version> Versions() => [HttpVersion.Version11, HttpVersion.Version20];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Call_FromAWorkload_IsKnownByName(Version version)
    {
        await using var backend = await RunningBackend.StartAsync();
        using var caller = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()), version);

        var answer = await caller.GetAsync("/whoami");

        Assert.Equal((200, "spiffe://contoso.internal/gateway 0", version), (answer.Status, answer.Body, answer.Version));
        Assert.Equal(["gateway: accepted"], backend.Calls);
        Assert.Equal([backend.Trust.Leaf!.SerialNumber], caller.Seen);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Call_WithoutCertificate_IsRefused(Version version)
    {
        await using var backend = await RunningBackend.StartAsync();
        using var caller = new Caller(backend.Secure, null, version);

        var answer = await caller.GetAsync("/whoami");

        Assert.Equal((401, "certificate-missing"), (answer.Status, answer.Slug));
        Assert.Equal(["plain: certificate-missing"], backend.Calls);
    }

    // Over HTTP/2 a body that comes too slowly would end its connection, and so the requests of others.
    [Fact]
    public async Task Body_MayBeSlow_OfAWorkloadOnly()
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
            app.MapGet("/rate", (HttpContext context) => context.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate is null ? "any" : "bounded").AllowPlainCaller());
        using var workload = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()), HttpVersion.Version11);
        using var plain = new Caller(backend.Plain);

        Assert.Equal("any", (await workload.GetAsync("/rate")).Body);
        Assert.Equal("bounded", (await plain.GetAsync("/rate")).Body);
    }

    [Fact]
    public async Task Call_WithoutTls_IsRefused()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var caller = new Caller(backend.Plain);

        var answer = await caller.GetAsync("/whoami");

        Assert.Equal((401, "certificate-missing"), (answer.Status, answer.Slug));
    }

    // Each way to have the wrong certificate: who issues it, how it is spoilt, at which days from now it is shown; and what is said and counted.
    public static TheoryData<string, string, string> WrongCertificates() => new()
    {
        { "other authority", "authority-untrusted", "unknown" },
        { "expired", "certificate-expired", "gateway" },
        { "not yet valid", "certificate-not-yet-valid", "gateway" },
        { "revoked", "certificate-revoked", "gateway" },
        { "an authority itself", "not-a-workload", "unknown" },
        { "other trust domain", "wrong-trust-domain", "unknown" },
    };

    [Theory]
    [MemberData(nameof(WrongCertificates))]
    public async Task Call_WithAWrongCertificate_IsRefusedForThat(string what, string slug, string label)
    {
        foreach (var mode in Enum.GetValues<MeshMode>())
        {
            await using var backend = await RunningBackend.StartAsync(new() { Source = MeshCallerSource.Tls, Mode = mode });
            using var caller = WrongCaller(backend, what);

            var answer = await caller.GetAsync("/whoami");

            Assert.Equal((401, slug), (answer.Status, answer.Slug));
            Assert.Equal([$"{label}: {slug}"], backend.Calls);
        }
    }

    [Fact]
    public async Task Call_FromAServiceThatIsNotListed_IsForbidden()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var caller = new Caller(backend.Secure, backend.Authority.Issue("customers", backend.Time.GetUtcNow()));

        var answer = await caller.GetAsync("/gateway");

        Assert.Equal((403, "wrong-service"), (answer.Status, answer.Slug));
        Assert.Equal(["customers: wrong-service"], backend.Calls);
    }

    [Fact]
    public async Task Call_WhileThereIsNoBundle_IsAskedToComeBack()
    {
        await using var backend = await RunningBackend.StartAsync();
        backend.Trust.View = null;
        using var caller = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()));

        var answer = await caller.GetAsync("/whoami");

        Assert.Equal((503, "trust-unavailable"), (answer.Status, answer.Slug));
    }

    [Fact]
    public async Task PlainCall_ToAnEndpointThatIsOpen_IsLetIn()
    {
        await using var backend = await RunningBackend.StartAsync();
        using var caller = new Caller(backend.Secure);

        var answer = await caller.GetAsync("/health");

        Assert.Equal((200, "healthy"), (answer.Status, answer.Body));
        Assert.Equal(["plain: exempt"], backend.Calls);
    }

    [Fact]
    public async Task PlainCall_OutsideEveryEndpoint_ReachesNothingOfTheApp()
    {
        var reached = 0;
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.Use((context, next) =>
            {
                reached++;
                return next(context);
            });
            RunningBackend.Sample(app);
        });
        using var caller = new Caller(backend.Secure);

        Assert.Equal("certificate-missing", (await caller.GetAsync("/nowhere")).Slug);
        Assert.Equal("certificate-missing", (await caller.GetAsync("/whoami")).Slug);
        Assert.Equal(0, reached);
        await caller.GetAsync("/health");
        Assert.Equal(1, reached);
    }

    // The path could be the open endpoint's, and routing finds that it is another's.
    [Fact]
    public async Task PlainCall_ToTheNeighbourOfAnOpenEndpoint_IsRefused()
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.MapGet("/health/{part}", () => "healthy").AllowPlainCaller();
            app.MapGet("/health/secrets", () => "secret");
        });
        using var caller = new Caller(backend.Secure);

        Assert.Equal("healthy", (await caller.GetAsync("/health/disk")).Body);
        Assert.Equal("certificate-missing", (await caller.GetAsync("/health/secrets")).Slug);
        Assert.Equal(["plain: exempt", "plain: certificate-missing"], backend.Calls);
    }

    [Fact]
    public async Task PlainCall_WherePermissive_IsLetInAndCounted()
    {
        await using var backend = await RunningBackend.StartAsync(new() { Source = MeshCallerSource.Tls, Mode = MeshMode.Permissive });
        using var plain = new Caller(backend.Plain);
        using var secure = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()));

        Assert.Equal("plain 0", (await plain.GetAsync("/gateway")).Body);
        Assert.Equal("spiffe://contoso.internal/gateway 0", (await secure.GetAsync("/gateway")).Body);
        Assert.Equal("healthy", (await plain.GetAsync("/health")).Body);
        Assert.Equal(["plain: permitted", "gateway: accepted", "plain: exempt"], backend.Calls);
    }

    [Fact]
    public async Task WrongService_WherePermissive_IsForbiddenAllTheSame()
    {
        await using var backend = await RunningBackend.StartAsync(new() { Source = MeshCallerSource.Tls, Mode = MeshMode.Permissive });
        using var caller = new Caller(backend.Secure, backend.Authority.Issue("customers", backend.Time.GetUtcNow()));

        Assert.Equal(403, (await caller.GetAsync("/gateway")).Status);
    }

    [Fact]
    public async Task Policies_OfAppGroupAndEndpoint_TheNearestCounts()
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.RequireMeshCaller("gateway");
            app.MapGet("/app", RunningBackend.WhoAmI);
            var group = app.MapGroup("/group").RequireMeshCaller("customers");
            group.MapGet("/own", RunningBackend.WhoAmI).RequireMeshCaller("echo", "gateway");
            group.MapGet("/", RunningBackend.WhoAmI);
        });
        using var gateway = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()));
        using var customers = new Caller(backend.Secure, backend.Authority.Issue("customers", backend.Time.GetUtcNow()));

        Assert.Equal((200, 403), ((await gateway.GetAsync("/app")).Status, (await customers.GetAsync("/app")).Status));
        Assert.Equal((403, 200), ((await gateway.GetAsync("/group")).Status, (await customers.GetAsync("/group")).Status));
        Assert.Equal((200, 403), ((await gateway.GetAsync("/group/own")).Status, (await customers.GetAsync("/group/own")).Status));
        Assert.Equal((404, 403), ((await gateway.GetAsync("/nowhere")).Status, (await customers.GetAsync("/nowhere")).Status));
    }

    [Fact]
    public async Task Policy_OfTheApp_HoldsForTheNeighbourOfAnOpenEndpoint()
    {
        await using var backend = await RunningBackend.StartAsync(configure: app =>
        {
            app.RequireMeshCaller("gateway");
            app.MapGet("/health/{part}", () => "healthy").AllowPlainCaller();
            app.MapGet("/health/secrets", () => "secret");
        });
        using var customers = new Caller(backend.Secure, backend.Authority.Issue("customers", backend.Time.GetUtcNow()));

        Assert.Equal(200, (await customers.GetAsync("/health/disk")).Status);
        Assert.Equal(403, (await customers.GetAsync("/health/secrets")).Status);
    }

    [Fact]
    public async Task Judge_WithoutPipeline_AnswersForItself()
    {
        var isLetIn = new List<bool>();
        await using var backend = await RunningBackend.StartAsync(configure: app => app.Map("/function", branch => branch.Run(async context =>
            isLetIn.Add(await ((MeshCallers)context.RequestServices.GetService(typeof(MeshCallers))!).JudgeAsync(context, "gateway")))));
        using var gateway = new Caller(backend.Secure, backend.Authority.Issue("gateway", backend.Time.GetUtcNow()));
        using var customers = new Caller(backend.Secure, backend.Authority.Issue("customers", backend.Time.GetUtcNow()));

        Assert.Equal(200, (await gateway.GetAsync("/function")).Status);
        Assert.Equal("wrong-service", (await customers.GetAsync("/function")).Slug);
        Assert.Equal([true, false], isLetIn);
        Assert.Equal(["gateway: accepted", "customers: wrong-service"], backend.Calls);
    }

    [Fact]
    public void RequireMeshCaller_NameThatIsNoService_IsRefusedAtOnce() =>
        Assert.Throws<ArgumentException>(() => CallerPolicy.For(["gateway", "Orders Service"]));

    private static Caller WrongCaller(RunningBackend backend, string what)
    {
        var now = backend.Time.GetUtcNow();
        using var other = new MeshAuthority(now);
        var leaf = what switch
        {
            "other authority" => other.Issue("gateway", now),
            "expired" => backend.Authority.Issue("gateway", now.AddDays(-2)),
            "not yet valid" => backend.Authority.Issue("gateway", now.AddDays(2)),
            "an authority itself" => backend.Authority.Issue("gateway", now, draft => draft.IsAuthority = true),
            "other trust domain" => backend.Authority.Issue("gateway", now, draft => draft.Uris[0] = "spiffe://fabrikam.internal/gateway"),
            _ => backend.Authority.Issue("gateway", now),
        };
        if (what == "revoked")
        {
            backend.Trust.View = Views.Of(2, [new(leaf.SerialNumber, now.AddDays(1))], backend.Authority.Certificate);
        }

        return new(backend.Secure, leaf);
    }
}
