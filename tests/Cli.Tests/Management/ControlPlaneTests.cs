using Azure.Data.Tables;
using ControlPlane;
using ControlPlane.Certificates;
using ControlPlane.Management;
using ControlPlane.Releases;
using Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Records;

namespace Cli.Tests.Management;

/// <summary>gw against the management API itself: what the fake of the other tests is taken to say is what it says.</summary>
public sealed class ControlPlaneTests : IAsyncLifetime
{
    private const string ManageKey = "manage-key-canary-0123456789";

    private readonly Operator _operator = new();
    private readonly FakeTables _tables = new();
    private readonly FakeCertificateDesk _mesh = new(TimeProvider.System);
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TableServiceClient>(_tables);
        builder.Services.AddSingleton<IPepperSource>(new FixedPeppers(new(new(1, new byte[32]))));
        builder.Services.AddSingleton<IReleaseStore>(new MemoryReleases(TimeProvider.System));
        builder.Services.AddControlPlane(new() { ManageKey = ManageKey });
        builder.Services.AddSingleton<ICertificateDesk>(_mesh);
        _app = builder.Build();
        _app.MapManagement();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _operator.Environment["MANAGE_URL"] = _app.Urls.Single();
        _operator.Environment["MANAGE_KEY"] = ManageKey;
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("entra:0d3f/x y")]
    [InlineData("50%")]
    [InlineData("@team,eu")]
    public async Task Consumer_LivesItsWholeLife(string name)
    {
        Assert.Equal(0, (await _operator.RunAsync("consumers", "add", name, "--plan", "gold", "--groups", "a,b")).Code);
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("consumers", "add", name)));

        var changed = (await _operator.RunAsync("consumers", "set", name, "--no-plan", "--groups", "c", "--json")).Json;
        Assert.Equal((name, null, "c"), (changed.GetProperty("name").GetString(), changed.GetProperty("plan").GetString(), changed.GetProperty("groups")[0].GetString()));

        Assert.True((await _operator.RunAsync("consumers", "suspend", name, "--json")).Json.GetProperty("suspended").GetBoolean());
        Assert.Contains("suspended", (await _operator.RunAsync("consumers", "list")).Out);
        Assert.False((await _operator.RunAsync("consumers", "resume", name, "--json")).Json.GetProperty("suspended").GetBoolean());
        Assert.Equal(name, (await _operator.RunAsync("consumers", "show", name, "--json")).Json.GetProperty("name").GetString());

        Assert.Equal(0, (await _operator.RunAsync("consumers", "remove", name, "--yes")).Code);
        var gone = await _operator.RunAsync("consumers", "show", name);
        Assert.Equal((1, ""), Ends(gone));
        Assert.Contains("There is no consumer " + name, gone.Error);
    }

    [Fact]
    public async Task Key_LivesItsWholeLife()
    {
        await _operator.RunAsync("consumers", "add", "acme");
        var made = (await _operator.RunAsync("keys", "create", "acme", "--label", "ci", "--scopes", "orders.read", "--expires", "90d", "--json")).Json;
        var (id, text) = (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
        Assert.StartsWith("sgw_live_", text);

        var rotated = await _operator.RunAsync("keys", "rotate", id, "--overlap", "1h");
        Assert.Equal(0, rotated.Code);
        Assert.StartsWith("sgw_live_", rotated.Out);
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("keys", "rotate", id)));

        var list = await _operator.RunAsync("keys", "list", "acme", "--json");
        Assert.Equal(2, list.Json.GetProperty("keys").GetArrayLength());
        Assert.DoesNotContain(text, list.Out);
        Assert.DoesNotContain(rotated.Out.Trim(), list.Out);

        Assert.Equal(0, (await _operator.RunAsync("keys", "revoke", id, "--yes")).Code);
        Assert.Contains("revoked", (await _operator.RunAsync("keys", "list")).Out);
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("keys", "revoke", "nothing", "--yes")));
    }

    [Fact]
    public async Task Limit_IsShownAndReset()
    {
        var row = new LedgerRow { Epoch = 1, Revision = 2, Shape = new(TimeSpan.TicksPerSecond, 4, 0), Limit = 10, Total = 10, Base = 1, Granted = [new(long.MaxValue / TimeSpan.TicksPerDay, 4)] };
        var (partition, key) = LedgerAddress.Of("per-both", LedgerKind.Rolling, "consumer acme\naddress 2001:db8::/64");
        _tables["limits"].Plant(new(partition, key) { [LedgerAddress.Column] = LedgerRowFormat.Write(row) });

        var shown = await _operator.RunAsync("limits", "show", "per-both", "acme", "address 2001:db8::1");
        Assert.Equal(0, shown.Code);
        Assert.Contains("per-both for consumer acme, address 2001:db8::/64: ", shown.Out);
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("limits", "show", "per-both", "acme")));
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("limits", "show", "per-both", "acme", "address")));

        var reset = await _operator.RunAsync("limits", "reset", "per-both", "acme", "address 2001:db8::1", "--yes");
        Assert.Equal(0, reset.Code);
        Assert.Contains("(1 row removed)", reset.Out);
        Assert.Contains("The promise begins anew", reset.Error);
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("limits", "reset", "per-both", "acme", "address 2001:db8::1", "--yes")));
    }

    [Fact]
    public async Task Certificate_IsShownRotatedAndRevoked()
    {
        _operator.Time = new HurryingTime(TimeProvider.System.GetUtcNow());
        var rotated = await _operator.RunAsync("certs", "rotate", "orders", "--wait");
        Assert.Equal((0, 7), (rotated.Code, rotated.Out.Split('\n').Count(line => line.Contains("Z  ", StringComparison.Ordinal) || line.StartsWith("rotated in ", StringComparison.Ordinal))));

        var status = await _operator.RunAsync("certs", "status");
        Assert.Equal(0, status.Code);
        Assert.Contains("contoso.internal: bundle 12, published 3m 5s ago; 2 of 3 peers act on it", status.Out);
        Assert.Matches("(?m)^orders +4F1C9E02, trying 9B001122 .* 1/2 +rotated [0-9]+s ago$", status.Out);
        Assert.Matches("(?m)^orders/o2 +11 of 12 +4s ago +- +Its vault does not answer.$", status.Out);

        _mesh.Failure = "echo/e1 never loaded it.";
        var revoked = await _operator.RunAsync("certs", "revoke", "77d0", "--wait", "--yes");
        Assert.Equal(1, revoked.Code);
        Assert.Contains("The rotation of echo was rolled back after ", revoked.Error);
        Assert.Contains("revoke 77D0A1B2C3", _mesh.Asked);

        Assert.Equal((1, ""), Ends(await _operator.RunAsync("certs", "rotate", "nobody")));
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("certs", "revoke", "ABCDEF", "--yes")));
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("certs", "history", "--limit", "501")));
        Assert.Equal(["revoked", "asked"], (await _operator.RunAsync("certs", "history", "--json")).Json.GetProperty("rotations").EnumerateArray().Select(rotation => rotation.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Authority_IsReplaced()
    {
        _operator.Time = new HurryingTime(TimeProvider.System.GetUtcNow());
        var run = await _operator.RunAsync("certs", "rotate-ca", "--wait", "--yes", "--json");

        Assert.Equal((0, "authority", "rotated"), (run.Code, run.Json.GetProperty("certificate").GetString(), run.Json.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Mesh_NotBegunOrItsVaultAway_IsOneMessage()
    {
        _mesh.Refusal = new(RefusalReason.MeshNotBegun, "No bundle yet.");
        Assert.StartsWith("gw: The mesh has not begun yet: No bundle yet.", (await _operator.RunAsync("certs", "status")).Error, StringComparison.Ordinal);

        _mesh.IsVaultAway = true;
        Assert.StartsWith("gw: A vault does not answer: ", (await _operator.RunAsync("certs", "rotate", "orders")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_IsAppliedShownRolledBackAndCleared()
    {
        const string first = "version: 1\nroutes: { r: { match: GET /, auth: anonymous, respond: { text: \"\u00e4\" } } }\n";
        _operator.Write("first.yaml", first);
        _operator.Write("second.yaml", first.Replace("GET /", "GET /second", StringComparison.Ordinal));
        Assert.Contains("There are no releases", (await _operator.RunAsync("releases")).Error);

        var one = (await _operator.RunAsync("apply", "first.yaml", "--note", "the first", "--json")).Json.GetProperty("release").GetString()!;
        Assert.Equal(one, (await _operator.RunAsync("validate", "first.yaml", "--json")).Json.GetProperty("release").GetString());
        Assert.Contains($"serves already: release {one}", (await _operator.RunAsync("apply", "first.yaml")).Out);
        var second = await _operator.RunAsync("apply", "second.yaml", "--expect", one);
        Assert.Equal(0, second.Code);
        Assert.Matches($@"^second.yaml is release [0-9a-f]{{12}}, in place of release {one} \(since [0-9]s, by manage-key [0-9a-f]{{8}}: the first\)$", second.Out.Trim());

        Assert.Equal((1, ""), Ends(await _operator.RunAsync("apply", "first.yaml", "--expect", "none")));
        var late = await _operator.RunAsync("rollback", one, "--expect", one);
        Assert.Equal((1, ""), Ends(late));
        Assert.StartsWith("gw: Another release is current: The current release is ", late.Error, StringComparison.Ordinal);

        Assert.StartsWith($"Release {one} serves again, in place of release ", (await _operator.RunAsync("rollback", "--note", "slow")).Out, StringComparison.Ordinal);
        var list = await _operator.RunAsync("releases");
        Assert.StartsWith($"Release {one} serves (since ", list.Out, StringComparison.Ordinal);
        Assert.Matches($"(?m)^{one}  current  .* slow$", list.Out);
        Assert.Equal(3, (await _operator.RunAsync("releases", "--json")).Json.GetProperty("moves").GetArrayLength());
        Assert.Equal(first, (await _operator.RunAsync("releases", "show", one)).Out);
        Assert.Contains("Before release", (await _operator.RunAsync("rollback")).Error);

        Assert.Equal(0, (await _operator.RunAsync("releases", "clear", "--yes")).Code);
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("releases", "clear", "--yes")));
        Assert.StartsWith("No release is current: the packaged file serves (since ", (await _operator.RunAsync("releases")).Out, StringComparison.Ordinal);
        Assert.StartsWith($"Release {one} serves again, in place of the packaged file", (await _operator.RunAsync("rollback")).Out, StringComparison.Ordinal);
        Assert.Equal((1, ""), Ends(await _operator.RunAsync("releases", "show", "000000000000")));
    }

    [Fact]
    public async Task TestKey_SaysSoInItsText()
    {
        await _operator.RunAsync("consumers", "add", "acme");

        var run = await _operator.RunAsync("keys", "create", "acme", "--test", "--expires", "2999-01-31T12:00:00+02:00");

        Assert.Equal(0, run.Code);
        Assert.StartsWith("sgw_test_", run.Out);
    }

    [Theory]
    [InlineData("keys create nobody")]
    [InlineData("keys list nobody")]
    [InlineData("consumers add täst")]
    [InlineData("consumers set nobody --plan gold")]
    public async Task Refusal_IsOneMessage(string line)
    {
        var run = await _operator.RunAsync(line.Split(' '));

        Assert.Equal((1, ""), Ends(run));
        Assert.StartsWith("gw: ", run.Error);
    }

    [Fact]
    public async Task WrongKey_IsRefused()
    {
        _operator.Environment["MANAGE_KEY"] = "another-key-canary-0123456789";

        var run = await _operator.RunAsync("keys", "list");

        Assert.Equal((1, ""), Ends(run));
        Assert.Contains("refused MANAGE_KEY", run.Error);
    }

    private static (int Code, string Out) Ends(Operator.Outcome run) => (run.Code, run.Out);
}
