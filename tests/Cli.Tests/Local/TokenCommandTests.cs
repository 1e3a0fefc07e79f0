using Cli.Tests.Management;

namespace Cli.Tests.Local;

public sealed class TokenCommandTests : ManagementTests
{
    public TokenCommandTests() => Operator.Environment.Clear();

    [Fact]
    public async Task Token_WritesTheTokenAlone()
    {
        Operator.Environment["ISSUER_URL"] = Api.Url;
        Api.Says(200, """{"access_token":"e.y.J","token_type":"Bearer"}""");

        var run = await Operator.RunAsync("token", "--subject", "ann", "--scopes", "orders.read,orders.write", "--audience", "api", "--expires", "15m");

        Assert.Equal((0, "e.y.J"), (run.Code, run.Out.Trim()));
        Assert.Equal(["POST /token"], Api.Calls);
        Assert.Equal("subject=ann&scopes=orders.read+orders.write&audience=api&expires=900", Api.Text);
        Assert.DoesNotContain("e.y.J", run.Error);
    }

    [Fact]
    public async Task Token_ThatIsOver_IsAskedForWithALengthBelowZero()
    {
        Api.Says(200, """{"access_token":"e.y.J"}""");

        await Operator.RunAsync("token", "--url", Api.Url, "--expires=-1m");

        Assert.Equal("expires=-60", Api.Text);
    }

    [Fact]
    public async Task Token_OfTheDevEnv_AsJson()
    {
        Operator.Write(".local/dev.env", $"ISSUER_URL=\"{Api.Url}\"\n");
        Api.Says(200, """{"access_token":"e.y.J"}""");

        var run = await Operator.RunAsync("token", "--json");

        Assert.Equal("e.y.J", run.Json.GetProperty("token").GetString());
        Assert.Equal(("", ""), (Api.Text, run.Error));
    }

    [Fact]
    public async Task Token_WithoutIssuer_SaysHowToStart()
    {
        var run = await Operator.RunAsync("token");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("scripts/run", run.Error);
    }

    [Fact]
    public async Task Token_Refused_SaysWhy()
    {
        Api.Says(400, """{"error":"invalid_request","error_description":"expires is too long."}""");

        var run = await Operator.RunAsync("token", "--url", Api.Url);

        Assert.Equal((1, "gw: invalid_request: expires is too long."), (run.Code, run.Error.Trim()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    public async Task Token_NotInTheAnswer_Fails(string answer)
    {
        Api.Says(200, answer);

        var run = await Operator.RunAsync("token", "--url", Api.Url);

        Assert.Equal((1, ""), (run.Code, run.Out));
    }

    [Fact]
    public async Task Token_ThatExpiresWithoutAUnit_IsAMistakeOfUsage()
    {
        var run = await Operator.RunAsync("token", "--url", Api.Url, "--expires", "900");

        Assert.Equal(2, run.Code);
        Assert.Contains("number and its unit", run.Error);
    }
}
