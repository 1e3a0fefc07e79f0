using CsCheck;
using Gateway.Templates;

namespace Gateway.Tests.Templates;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("/a/{id}", "id")]
    [InlineData("{query.a b}", "query.a b")]
    [InlineData("{header.X-Tenant}", "header.X-Tenant")]
    [InlineData("{claim.https://x.example/role}", "claim.https://x.example/role")]
    [InlineData("{claim./realm_access/roles/0}", "claim./realm_access/roles/0")]
    public void Parse_Insertion_TakesAllAfterTheFirstDot(string text, string named)
    {
        var template = Parse(text);

        Assert.Equal("value", template.FillText(new FakeTemplateValues((named, "value"))).Text!.Replace("/a/", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_DoubledBraces_AreBraces() => Assert.Equal("{id}}", Parse("{{id}}}}").FillText(new FakeTemplateValues()).Text);

    [Theory]
    [InlineData("{", "not closed")]
    [InlineData("a{b", "not closed")]
    [InlineData("{a{b}}", "not closed")]
    [InlineData("a}", "no opening")]
    [InlineData("{}", "no valid name")]
    [InlineData("{query.}", "no valid name")]
    [InlineData("{header.a b}", "no valid name")]
    [InlineData("{a b}", "no valid name")]
    [InlineData("{cookie.a}", "no source")]
    [InlineData("{**rest}", "{rest}")]
    [InlineData("{parts.a}", "cannot be used here")]
    public void Parse_Mistake_IsNamed(string text, string expected)
    {
        Assert.False(Template.TryParse(text, TemplateSources.Request, out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/{id}", "a%2Fb", "/x/a%2Fb")]
    [InlineData("/x/{id}/y", "a/b", "/x/a/b/y")]
    [InlineData("/x/{id}", "", "/x/")]
    [InlineData("/x y/{id}", "1", "/x%20y/1")]
    [InlineData("/x?/{id}#", "1", "/x%3F/1%23")]
    public void FillPath_PathParameter_IsInsertedRaw(string text, string value, string expected) =>
        Assert.Equal(expected, Parse(text).FillPath(new FakeTemplateValues(("id", value))).Text);

    [Theory]
    [InlineData("a/b", "/x/a%2Fb")]
    [InlineData("a%2Fb", "/x/a%252Fb")]
    [InlineData("a?b#c", "/x/a%3Fb%23c")]
    [InlineData("ü ;", "/x/%C3%BC%20%3B")]
    [InlineData("a..b", "/x/a..b")]
    [InlineData("\\", "/x/%5C")]
    public void FillPath_OtherValue_StaysInItsSegment(string value, string expected) =>
        Assert.Equal(expected, Parse("/x/{query.v}").FillPath(new FakeTemplateValues(("query.v", value))).Text);

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../admin")]
    [InlineData("a/../../admin")]
    [InlineData("..\\admin")]
    [InlineData("%2e%2e")]
    [InlineData("%2e%2e%2fadmin")]
    [InlineData("..;a")]
    [InlineData("a\0b")]
    [InlineData("a\rb")]
    public void FillPath_ValueThatClimbs_IsMalformed(string value) =>
        Assert.True(Parse("/x/{query.v}/y").FillPath(new FakeTemplateValues(("query.v", value))).IsMalformed);

    [Fact]
    public void FillPath_DotsFromTwoValues_AreMalformed() =>
        Assert.True(Parse("/x/{query.a}{query.b}").FillPath(new FakeTemplateValues(("query.a", "."), ("query.b", "."))).IsMalformed);

    [Theory]
    [InlineData("/{id}", "/evil.example")]
    [InlineData("/{id}/evil.example", "")]
    public void FillPath_LeadingSlashes_CannotArise(string text, string value) =>
        Assert.True(Parse(text).FillPath(new FakeTemplateValues(("id", value))).IsMalformed);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void FillPath_NoValue_IsMissingAndNamed(string? value)
    {
        var filling = Parse("/x/{query.v}").FillPath(value is null ? new FakeTemplateValues() : new FakeTemplateValues(("query.v", value)));

        Assert.True(filling.IsMissing);
        Assert.Equal("The query parameter v is missing. Send it.", filling.ToFailure().Detail);
    }

    [Theory]
    [InlineData("{id}", "a%2Fb%26", "a%2Fb%26")]
    [InlineData("{query.v}", "a&b=c#d+e f%", "a%26b%3Dc%23d%2Be%20f%25")]
    [InlineData("x&{query.v}", "", "x%26")]
    public void FillQuery_Value_IsEncodedForAQuery(string text, string value, string expected) =>
        Assert.Equal(expected, Parse(text).FillQuery(new FakeTemplateValues(("id", value), ("query.v", value))).Text);

    [Theory]
    [InlineData("{claim.v}", "Müller", "M%C3%BCller")]
    [InlineData("a {claim.v}", " b ", "a  b")]
    [InlineData("{id}", "a%20b", "a b")]
    public void FillHeader_Value_IsAsciiAndTrimmed(string text, string value, string expected) =>
        Assert.Equal(expected, Parse(text).FillHeader(new FakeTemplateValues(("claim.v", value), ("id", value))).Text);

    [Theory]
    [InlineData("claim.v", "a\r\nx-admin: 1")]
    [InlineData("claim.v", "a\nb")]
    [InlineData("claim.v", "a\0")]
    [InlineData("claim.v", "a\u0085b")]
    public void FillHeader_ControlCharacter_IsMalformed(string name, string value) =>
        Assert.True(Parse($"{{{name}}}").FillHeader(new FakeTemplateValues((name, value))).IsMalformed);

    [Fact]
    public void FillHeader_EncodedLineBreakInThePath_IsMalformed() =>
        Assert.True(Parse("{id}").FillHeader(new FakeTemplateValues(("id", "a%0D%0Ax-admin:1"))).IsMalformed);

    [Fact]
    public void FillHeader_Empty_IsMissing() => Assert.True(Parse("{claim.v}").FillHeader(new FakeTemplateValues(("claim.v", " "))).IsMissing);

    [Theory]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("\"a\"", "a")]
    public void FillText_PartValue_IsPlainText(string json, string expected)
    {
        var values = new FakeTemplateValues { Parts = { ["p"] = $"{{\"a\":[0,{json}]}}" } };

        Assert.Equal(expected, Parse("{parts.p.a.1}", TemplateSources.Composition).FillText(values).Text);
    }

    [Theory]
    [InlineData("null", true)]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    [InlineData("\"\\ud800\"", false)]
    public void FillText_PartWithoutText_Fails(string json, bool missing)
    {
        var filling = Parse("{parts.p}", TemplateSources.Composition).FillText(new FakeTemplateValues { Parts = { ["p"] = json } });

        Assert.Equal((missing, !missing), (filling.IsMissing, filling.IsMalformed));
    }

    [Fact]
    public void FillPath_AnyValue_NeverChangesTheSegments() => Gen.String.Sample(value =>
    {
        var filled = Parse("/a/{query.v}/b/{claim.c}").FillPath(new FakeTemplateValues(("query.v", value), ("claim.c", value)));

        return filled.Text is null || (filled.Text.Split('/').Length == 5 && filled.Text.All(character => character is > ' ' and < '\x7F' and not ('?' or '#' or '\\')));
    });

    [Fact]
    public void FillQuery_AnyValue_StaysOneParameterAndDecodesToItself() => Gen.String.Sample(value =>
    {
        var filled = Parse("{query.v}").FillQuery(new FakeTemplateValues(("query.v", value))).Text!;

        return !filled.Any(character => character is '&' or '#' or '=' or '+' or ' ') && (HasLoneSurrogate(value) || Uri.UnescapeDataString(filled) == value);
    });

    [Fact]
    public void FillHeader_AnyValue_StaysOneField() => Gen.String.Sample(value =>
    {
        var filled = Parse("{claim.v}").FillHeader(new FakeTemplateValues(("claim.v", value)));

        return filled.Text is null || filled.Text.All(character => character is (>= ' ' and < '\x7F') or '\t');
    });

    [Fact]
    public void Parse_AnyText_NeverThrows() => Gen.String[Gen.Char["{}.abq/"], 0, 20].Sample(text =>
        Template.TryParse(text, TemplateSources.Composition, out _, out var error) == (error is null));

    private static bool HasLoneSurrogate(string value) => value.EnumerateRunes().Any(rune => rune.Value == 0xFFFD);

    private static Template Parse(string text, TemplateSources allowed = TemplateSources.Request) =>
        Template.TryParse(text, allowed, out var template, out var error) ? template : throw new Xunit.Sdk.XunitException(error);
}
