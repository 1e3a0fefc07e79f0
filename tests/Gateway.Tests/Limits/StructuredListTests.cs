using System.Text.Json;
using Gateway.Limits;

namespace Gateway.Tests.Limits;

public sealed class StructuredListTests
{
    [Fact]
    public void List_ItemsWithParameters_IsCanonical() => Assert.Equal(
        "\"a \\\"b\\\\\";q=100;w=10, \"c\";qu=\"concurrent-requests\"",
        new StructuredList().Item("a \"b\\").Parameter("q", 100).Parameter("w", 10).Item("c").Parameter("qu", "concurrent-requests").ToString());

    [Fact]
    public void List_Empty_IsNothing() => Assert.Equal("", new StructuredList().ToString());

    [Theory]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("\x7F")]
    public void Item_NotAscii_IsRefused(string value) => Assert.Throws<ArgumentException>(() => new StructuredList().Item(value));

    [Theory]
    [InlineData(1_000_000_000_000_000)]
    [InlineData(-1_000_000_000_000_000)]
    public void Parameter_MoreThanFifteenDigits_IsRefused(long value) => Assert.Throws<ArgumentOutOfRangeException>(() => new StructuredList().Item("a").Parameter("q", value));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("1a")]
    [InlineData("a b")]
    public void Parameter_BadKey_IsRefused(string key) => Assert.Throws<ArgumentException>(() => new StructuredList().Item("a").Parameter(key, 1));

    [Theory]
    [InlineData("string.json")]
    [InlineData("string-generated.json")]
    [InlineData("list.json")]
    [InlineData("param-list.json")]
    [InlineData("key-generated.json")]
    [InlineData("number.json")]
    [InlineData("examples.json")]
    [InlineData("serialisation-tests/string-generated.json")]
    public void Corpus_TextsAndIntegers_AreSerialisedAndParsedAsItSays(string file)
    {
        var path = Path.Combine(Repository.Data, "structured-fields", file);
        Assert.SkipUnless(File.Exists(path), $"{path} is not there.");
        var tried = 0;

        foreach (var test in JsonElement.Parse(File.ReadAllText(path)).EnumerateArray())
        {
            var mustFail = test.TryGetProperty("must_fail", out var flag) && flag.GetBoolean();
            if (test.TryGetProperty("expected", out var expected) && Members(test, expected) is { } members && !(mustFail && test.TryGetProperty("raw", out _)))
            {
                tried++;
                if (mustFail)
                {
                    Assert.ThrowsAny<ArgumentException>(() => Serialise(members));
                    continue;
                }

                var canonical = test.TryGetProperty("canonical", out var given) ? given : test.GetProperty("raw");
                Assert.Equal(string.Join(", ", canonical.EnumerateArray().Select(line => line.GetString())), Serialise(members));
            }

            if (test.TryGetProperty("raw", out var raw) && test.GetProperty("header_type").GetString() is "list" or "item")
            {
                tried++;
                var text = string.Join(", ", raw.EnumerateArray().Select(line => line.GetString()));
                Assert.True(mustFail ? StrictList.Parse(text) is null : StrictList.Parse(text) is { } parsed ? Serialise(parsed) == StrictList.Canonical(parsed) : Members(test, expected) is null, $"{test.GetProperty("name")}: {text}");
            }
        }

        Assert.NotEqual(0, tried);
    }

    // What the serialiser knows: lists of texts, whose parameters are texts and integers. A lone text is a list of one, a lone
    // integer a parameter. Null for anything else.
    private static List<StrictMember>? Members(JsonElement test, JsonElement expected)
    {
        var items = test.GetProperty("header_type").GetString() switch
        {
            "list" => expected.EnumerateArray().ToList(),
            "item" => [expected],
            _ => null,
        };
        var members = items?.Select(Member).ToList();
        return members is null || members.Contains(null) ? null : [.. members.OfType<StrictMember>()];
    }

    private static StrictMember? Member(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Array || item[0].ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var parameters = new List<KeyValuePair<string, object>>();
        foreach (var parameter in item[1].EnumerateArray())
        {
            if (parameter[1].ValueKind == JsonValueKind.String)
            {
                parameters.Add(new(parameter[0].GetString()!, parameter[1].GetString()!));
            }
            else if (parameter[1].ValueKind == JsonValueKind.Number && parameter[1].TryGetInt64(out var number) && !parameter[1].GetRawText().Contains('.', StringComparison.Ordinal))
            {
                parameters.Add(new(parameter[0].GetString()!, number));
            }
            else
            {
                return null;
            }
        }

        return new(item[0].GetString()!, parameters);
    }

    private static string Serialise(List<StrictMember> members)
    {
        var list = new StructuredList();
        foreach (var member in members)
        {
            list.Item(member.Value);
            foreach (var (key, value) in member.Parameters)
            {
                _ = value is long number ? list.Parameter(key, number) : list.Parameter(key, (string)value);
            }
        }

        return list.ToString();
    }
}
