using Gateway.Requests;

namespace Gateway.Tests.Requests;

public class IdentityHeadersTests
{
    private static readonly Caller Token = new()
    {
        Kind = CallerKind.Token,
        Issuer = "entra",
        Consumer = "entra:app-1",
        Plan = "gold",
        Subject = "user 7",
        Scopes = new HashSet<string> { "write", "read" },
        Groups = new HashSet<string> { "b,c", "a" },
    };

    [Fact]
    public void Of_Token_NamesEverythingKnown() => Assert.Equal(
        [
            new("X-Request-Id", "r1"),
            new("Gateway-Auth", "entra"),
            new("Gateway-Consumer", "entra:app-1"),
            new("Gateway-Plan", "gold"),
            new("Gateway-Subject", "user%207"),
            new("Gateway-Scopes", "read write"),
            new("Gateway-Groups", "a,b%2Cc"),
        ],
        IdentityHeaders.Of(new GatewayRequest { Id = "r1", Caller = Token }));

    [Fact]
    public void Of_Anonymous_SaysOnlyThat() => Assert.Equal(
        [new("X-Request-Id", "r1"), new("Gateway-Auth", "anonymous")],
        IdentityHeaders.Of(new GatewayRequest { Id = "r1" }));

    [Theory]
    [InlineData("a\r\nX-Evil: 1", "a%0D%0AX-Evil:%201")]
    [InlineData("zoë", "zo%C3%AB")]
    [InlineData("100%", "100%25")]
    [InlineData("\u007f\0", "%7F%00")]
    public void Of_ValueThatIsNotVisibleAscii_IsPercentEncoded(string consumer, string expected)
    {
        var headers = IdentityHeaders.Of(new Caller { Kind = CallerKind.ApiKey, Consumer = consumer });

        Assert.Contains(new("Gateway-Consumer", expected), headers);
        Assert.Contains(new("Gateway-Auth", "apiKey"), headers);
    }
}
