using CsCheck;
using Gateway.Templates;

namespace Gateway.Tests.Templates;

public sealed class UrlTemplateTests
{
    [Theory]
    [InlineData("/items/{query.id}", "/items/a&%2F")]
    [InlineData("/items?id={query.id}&x=1", "/items?id=a%26%2F&x=1")]
    [InlineData("/items?none={query.none}&x=1", "/items?x=1")]
    [InlineData("/items?flag&x=%26", "/items?flag&x=%26")]
    [InlineData("/items#{query.id}", "/items#a%26%2F")]
    [InlineData("https://shop.example/{query.id}", "https://shop.example/a&%2F")]
    [InlineData("https://shop.example", "https://shop.example/")]
    [InlineData("https://shop.example?x={claim.a?b}", "https://shop.example/?x=c")]
    public void Fill_Url_EncodesForEachPlace(string text, string expected) =>
        Assert.Equal(expected, Parse(text).Fill(new FakeTemplateValues(("query.id", "a&/"), ("claim.a?b", "c"))).Text);

    [Theory]
    [InlineData("{query.next}")]
    [InlineData("//evil.example/")]
    [InlineData("//{query.host}/")]
    [InlineData("https://{query.host}/")]
    [InlineData("https://a.example{query.host}/")]
    [InlineData("https://a.example:{query.port}/")]
    [InlineData("https://user@a.example/")]
    [InlineData("https:///x")]
    [InlineData("{query.scheme}://a.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\\evil.example")]
    [InlineData("items")]
    [InlineData("/x?{query.a}=1")]
    public void TryParse_TextThatLetsAValueChooseTheHost_IsRefused(string text)
    {
        Assert.False(UrlTemplate.TryParse(text, TemplateSources.Request, absolute: true, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void TryParse_AbsoluteWhereAPathIsWanted_IsRefused() =>
        Assert.False(UrlTemplate.TryParse("https://a.example/", TemplateSources.Request, absolute: false, out _, out _));

    [Fact]
    public void Fill_MissingInThePath_Fails() => Assert.True(Parse("/items/{query.id}").Fill(new FakeTemplateValues()).IsMissing);

    [Fact]
    public void Fill_MissingPartInTheQuery_Fails() => Assert.True(Parse("/items?x={parts.a.b}").Fill(new FakeTemplateValues()).IsMissing);

    [Fact]
    public void Fill_AnyValue_KeepsHostSegmentsAndParameters() => Gen.String.Sample(value =>
    {
        var filled = Parse("https://shop.example/a/{query.v}?p={query.v}&q=1#{query.v}")
            .Fill(new FakeTemplateValues(("query.v", value)));

        return filled.Text is null || (new Uri(filled.Text) is { Host: "shop.example", Segments.Length: 3 } uri && uri.Query.Split('&').Length == 2);
    });

    private static UrlTemplate Parse(string text) =>
        UrlTemplate.TryParse(text, TemplateSources.Composition, absolute: true, out var template, out var error) ? template : throw new Xunit.Sdk.XunitException(error);
}
