using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Templates;

namespace Gateway.Tests.Templates;

public sealed class JsonTemplateTests
{
    [Theory]
    [InlineData("""{"a":"{parts.p.n}"}""", """{"a":1.50}""")]
    [InlineData("""{"a":"{parts.p}"}""", """{"a":{"n":1.50,"z":null}}""")]
    [InlineData("""{"a":"{parts.p.z}"}""", """{"a":null}""")]
    [InlineData("""{"a":"n={parts.p.n}"}""", """{"a":"n=1.50"}""")]
    [InlineData("""{"a":"{query.q}"}""", """{"a":"7"}""")]
    [InlineData("""{"a":"{query.none}"}""", """{"a":null}""")]
    [InlineData("""["{{x}}",1,true,null,{"{x}":"y"}]""", """["{x}",1,true,null,{"{x}":"y"}]""")]
    [InlineData("null", "null")]
    public void TryFill_Value_KeepsItsType(string shape, string expected) => Assert.Equal(expected, Fill(shape, Values()));

    [Theory]
    [InlineData("""{"a":"{parts.p.none}"}""")]
    [InlineData("""{"a":["x{query.none}"]}""")]
    [InlineData("""{"a":"x{parts.p}"}""")]
    public void TryFill_MissingValue_Fails(string shape) => Assert.Null(Fill(shape, Values()));

    [Fact]
    public void TryFill_AnyText_StaysOneString() => Gen.String.Where(text => !text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD)).Sample(value =>
    {
        var filled = Fill("""{"a":"x{query.q}","b":1}""", new FakeTemplateValues(("query.q", value)));

        return JsonElement.Parse(filled!).GetProperty("a").GetString() == "x" + value;
    });

    private static FakeTemplateValues Values() => new(("query.q", "7")) { Parts = { ["p"] = """{"n":1.50,"z":null}""" } };

    private static string? Fill(string shape, FakeTemplateValues values)
    {
        Assert.True(JsonTemplate.TryParse(JsonNode.Parse(shape), TemplateSources.Composition, out var template, out _));
        var output = new ArrayBufferWriter<byte>();
        return template.TryFill(values, output, out _) ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }
}
