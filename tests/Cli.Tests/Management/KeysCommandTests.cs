using Microsoft.Extensions.Time.Testing;

namespace Cli.Tests.Management;

public sealed class KeysCommandTests : ManagementTests
{
    public KeysCommandTests() => Operator.Time = new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Create_WritesTheKeyAloneAndTheRestBesideIt()
    {
        Api.Says(201, FakeManagementApi.Made);

        var run = await Operator.RunAsync("keys", "create", "entra:7", "--label", "ci", "--scopes", "orders.read orders.write", "--expires", "90d", "--test");

        Assert.Equal((0, "sgw_live_canary"), (run.Code, run.Out.Trim()));
        Assert.Contains("shown this once", run.Error);
        Assert.DoesNotContain("canary", run.Error);
        Assert.Equal(["POST /consumers/entra%3A7/keys"], Api.Calls);
        Assert.Equal(
            """{"kind":"test","label":"ci","scopes":["orders.read","orders.write"],"expires":"2027-02-21T12:00:00Z"}""",
            Api.Body!.ToJsonString());
    }

    [Fact]
    public async Task Create_AsJson_HoldsTheKey()
    {
        Api.Says(201, FakeManagementApi.Made);

        var run = await Operator.RunAsync("keys", "create", "acme", "--json");

        Assert.Equal(
            ["id", "prefix", "consumer", "label", "scopes", "created", "expires", "revoked", "lastUsed", "key"],
            run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    [InlineData("2027-01-31T12:00:00+02:00", "2027-01-31T10:00:00Z")]
    [InlineData("36h", "2026-11-25T00:00:00Z")]
    public async Task Create_ThatExpires_SendsAMoment(string given, string sent)
    {
        Api.Says(201, FakeManagementApi.Made);

        await Operator.RunAsync("keys", "create", "acme", "--expires", given);

        Assert.Equal(sent, (string?)Api.Body!["expires"]);
    }

    [Theory]
    [InlineData("90")]
    [InlineData("soon")]
    [InlineData("2026-11-22")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("99999999999d")]
    [InlineData("31.01.2027")]
    public async Task Create_ThatExpiresNever_Known_IsAMistakeOfUsage(string given)
    {
        var run = await Operator.RunAsync("keys", "create", "acme", $"--expires={given}");

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains("--expires", run.Error);
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Create_WhoseAnswerHasNoText_FailsAndSaysWhichKeyToRevoke()
    {
        Api.Says(201, FakeManagementApi.Key);

        var run = await Operator.RunAsync("keys", "create", "acme");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("gw keys revoke k1", run.Error);
    }

    [Fact]
    public async Task List_SaysTheStateOfEach()
    {
        var revoked = FakeManagementApi.Key.Replace("k1", "k2").Replace("\"revoked\":null", "\"revoked\":\"2026-11-22T00:00:00Z\"");
        var expired = FakeManagementApi.Key.Replace("k1", "k3").Replace("live", "test").Replace("\"expires\":null", "\"expires\":\"2026-11-22T00:00:00Z\"");
        Api.Says(200, $$"""{"keys":[{{FakeManagementApi.Key}},{{revoked}},{{expired}}]}""");

        var run = await Operator.RunAsync("keys", "list");

        Assert.Equal(
            """
            ID  KIND  CONSUMER  LABEL  SCOPES       STATE    EXPIRES            LAST USED
            k1  live  acme      ci     orders.read  active   -                  2026-11-20
            k2  live  acme      ci     orders.read  revoked  -                  2026-11-20
            k3  test  acme      ci     orders.read  expired  2026-11-22T00:00Z  2026-11-20

            """,
            run.Out);
        Assert.Equal(["GET /keys"], Api.Calls);
    }

    [Fact]
    public async Task List_OfOneConsumer_AsJson_HasNoTexts()
    {
        Api.Says(200, $$"""{"keys":[{{FakeManagementApi.Key}}]}""");

        var run = await Operator.RunAsync("keys", "list", "acme", "--json");

        Assert.Equal(["GET /consumers/acme/keys"], Api.Calls);
        Assert.False(run.Json.GetProperty("keys")[0].TryGetProperty("key", out _));
    }

    [Fact]
    public async Task List_OfNoKeys_SaysSo()
    {
        Api.Says(200, """{"keys":[]}""");

        var run = await Operator.RunAsync("keys", "list", "acme");

        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.Contains("gw keys create acme", run.Error);
    }

    [Theory]
    [InlineData("", 86400)]
    [InlineData("--overlap 15m", 900)]
    [InlineData("--overlap 0s --yes", 0)]
    public async Task Rotate_SendsTheOverlap(string options, long seconds)
    {
        Api.Says(201, FakeManagementApi.Made.Replace("k1", "k9"));

        var run = await Operator.RunAsync(["keys", "rotate", "k1", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((0, "sgw_live_canary"), (run.Code, run.Out.Trim()));
        Assert.Equal(["POST /keys/k1/rotate"], Api.Calls);
        Assert.Equal(seconds, (long)Api.Body!["overlapSeconds"]!);
        Assert.Contains("Key k1", run.Error);
    }

    [Fact]
    public async Task Rotate_WithoutOverlap_AsksFirst()
    {
        var run = await Operator.RunAsync("keys", "rotate", "k1", "--overlap", "0s");

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Revoke_WhenConfirmed_Revokes()
    {
        Api.Says(204, "");
        Operator.Answers = "yes\n";

        var run = await Operator.RunAsync("keys", "revoke", "k1");

        Assert.Equal((0, "Key k1 is revoked."), (run.Code, run.Out.Trim()));
        Assert.Equal(["DELETE /keys/k1"], Api.Calls);
    }

    [Fact]
    public async Task Revoke_OfAnUnknownKey_Fails()
    {
        Api.Says(404, """{"title":"Not found","status":404}""", "application/problem+json");

        var run = await Operator.RunAsync("keys", "revoke", "k1", "--yes", "--json");

        Assert.Equal((1, "", "gw: Not found (404)."), (run.Code, run.Out, run.Error.Trim()));
    }

    [Fact]
    public async Task Revoke_AsJson_NamesTheKey()
    {
        Api.Says(204, "");

        var run = await Operator.RunAsync("keys", "revoke", "k1", "--yes", "--json");

        Assert.Equal("k1", run.Json.GetProperty("revoked").GetString());
    }
}
