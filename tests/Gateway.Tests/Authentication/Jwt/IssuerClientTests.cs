using System.Net;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>What is fetched from an issuer, from where, and what is believed.</summary>
public sealed class IssuerClientTests
{
    private readonly TokenWorld _world = new();

    [Theory]
    [InlineData("http://login.example/tenant/keys")] // not https
    [InlineData("http://localhost/keys")] // loopback, and the authority is not
    [InlineData("https://127.0.0.1/keys")]
    [InlineData("https://[::1]/keys")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/tenant/keys")]
    [InlineData("https://user@login.example/tenant/keys")]
    [InlineData(null)]
    public async Task Fetch_KeysElsewhereThanAllowed_AreNotFollowed(string? address)
    {
        _world.Site.Discovery["jwks_uri"] = address;

        Assert.Equal(FetchOutcome.NotTrusted, await FetchAsync());
        Assert.Single(_world.Site.Asked);
    }

    [Theory]
    [InlineData("https://login.example/other", FetchOutcome.Fetched)] // same origin
    [InlineData("https://login.example/tenant/", FetchOutcome.Fetched)]
    [InlineData("https://evil.example/tenant", FetchOutcome.NotTrusted)]
    [InlineData("http://login.example/tenant", FetchOutcome.NotTrusted)]
    [InlineData("https://login.example:444/tenant", FetchOutcome.NotTrusted)]
    [InlineData("https://login.example/tenant?x", FetchOutcome.NotTrusted)]
    [InlineData("tenant", FetchOutcome.NotTrusted)]
    [InlineData("", FetchOutcome.Malformed)]
    public async Task Fetch_IssuerInTheDocument_MustBeOfTheAuthority(string issuer, object expected)
    {
        _world.Site.Discovery["issuer"] = issuer;

        Assert.Equal(expected, await FetchAsync());
    }

    [Fact]
    public async Task Issuer_StatedInTheConfiguration_IsWhatTokensMustCarry()
    {
        var world = new TokenWorld(TokenWorld.Config with { Issuer = "https://sts.example/" });
        world.Site.Discovery["issuer"] = "https://anything.example";
        var claims = world.Claims();
        claims["iss"] = "https://sts.example/";

        Assert.Equal(TokenFault.None, await world.FaultAsync(world.Token(claims: claims)));
        Assert.Equal(TokenFault.IssuerUnknown, await world.FaultAsync(world.Token()));
    }

    [Theory]
    [InlineData("http://login.example")]
    [InlineData("ftp://login.example")]
    [InlineData("login.example")]
    [InlineData("")]
    public async Task Fetch_AuthorityThatIsNotHttps_IsRefusedWithoutACall(string authority)
    {
        var fetch = await new IssuerClient(new HttpMessageInvoker(_world.Site), _world.Time).FetchAsync(authority, isIssuerStated: false);

        Assert.Equal(FetchOutcome.NotTrusted, fetch.Outcome);
        Assert.Empty(_world.Site.Asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Fetch_AnswerOtherThan200_CountsAsNone(HttpStatusCode status)
    {
        _world.Site.Instead = _ => new(status) { Content = new StringContent("{}"), Headers = { Location = new("https://evil.example/") } };

        Assert.Equal(FetchOutcome.Unreachable, await FetchAsync());
        Assert.Single(_world.Site.Asked);
    }

    [Theory]
    [InlineData(65_536, FetchOutcome.Fetched)]
    [InlineData(65_537, FetchOutcome.Malformed)]
    public async Task Fetch_MoreThan64Kilobytes_IsCut(int size, object expected)
    {
        var keys = """{"keys":[]}""";
        _world.Site.Instead = request => request.RequestUri!.AbsolutePath.EndsWith("keys", StringComparison.Ordinal) ? TestIssuer.Answer(keys.PadRight(size)) : null;

        Assert.Equal(expected, await FetchAsync());
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"issuer":1}""")]
    public async Task Fetch_DiscoveryThatIsNone_IsMalformed(string body)
    {
        _world.Site.Instead = _ => TestIssuer.Answer(body);

        Assert.Equal(FetchOutcome.Malformed, await FetchAsync());
    }

    [Theory]
    [InlineData("login.example", "93.184.216.34", true)]
    [InlineData("login.example", "2606:2800:220:1::1", true)]
    [InlineData("login.example", "127.0.0.1", false)]
    [InlineData("login.example", "10.1.2.3", false)]
    [InlineData("login.example", "172.31.0.1", false)]
    [InlineData("login.example", "192.168.1.1", false)]
    [InlineData("login.example", "169.254.169.254", false)]
    [InlineData("login.example", "100.64.0.1", false)]
    [InlineData("login.example", "::1", false)]
    [InlineData("login.example", "fd00::1", false)]
    [InlineData("login.example", "fe80::1", false)]
    [InlineData("login.example", "::ffff:10.0.0.1", false)]
    [InlineData("localhost", "127.0.0.1", true)]
    [InlineData("localhost", "::1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("localhost", "10.0.0.1", false)]
    public void Connection_PrivateAddress_OnlyForALoopbackUrl(string host, string address, bool isAllowed) =>
        Assert.Equal(isAllowed, IssuerConnections.IsAllowed(host, IPAddress.Parse(address)));

    private async Task<object> FetchAsync() =>
        (await new IssuerClient(new HttpMessageInvoker(_world.Site), _world.Time).FetchAsync(TestIssuer.Authority, isIssuerStated: false)).Outcome;
}
