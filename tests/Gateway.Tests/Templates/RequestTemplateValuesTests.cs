using System.Text.Json;
using Gateway.Requests;
using Gateway.Templates;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Templates;

public sealed class RequestTemplateValuesTests
{
    [Fact]
    public void Query_SeveralOfAName_IsTheFirstDecoded() => Assert.Equal("a b", Of("?x=1&q=a+b&q=c&Q=d").Query("q"));

    [Fact]
    public void Query_EncodedName_IsFound() => Assert.Equal("1", Of("?a%20b=1").Query("a b"));

    [Fact]
    public void Query_OtherCase_IsMissing() => Assert.Null(Of("?Q=1").Query("q"));

    [Fact]
    public void Header_SeveralOfAName_AreJoined() => Assert.Equal("1, 2", Of("").Header("X-A"));

    [Fact]
    public void Path_Value_IsRaw() => Assert.Equal("a%2Fb", Of("").Path("id"));

    [Theory]
    [InlineData("tid", "t")]
    [InlineData("n", "1")]
    [InlineData("https://x.example/a.b", "y")]
    [InlineData("/realm/roles/1", "b")]
    [InlineData("/realm/roles", "a,b")]
    [InlineData("/a~1b", "c")]
    [InlineData("realm", null)]
    [InlineData("none", null)]
    [InlineData("/realm/roles/01", null)]
    public void Claim_NameOrPointer_IsItsText(string name, string? expected) => Assert.Equal(expected, Of("").Claim(name));

    private static RequestTemplateValues Of(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Append("x-a", "1");
        context.Request.Headers.Append("x-a", "2");
        context.Features.Set(new GatewayRequest
        {
            Id = "1",
            Query = query,
            PathValues = new Dictionary<string, string> { ["id"] = "a%2Fb" },
            Caller = new()
            {
                Kind = CallerKind.Token,
                Claims = JsonElement.Parse("""{"tid":"t","n":1,"https://x.example/a.b":"y","realm":{"roles":["a","b"]},"a/b":"c"}"""),
            },
        });
        return new(context);
    }
}
