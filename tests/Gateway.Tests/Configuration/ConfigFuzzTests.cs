using CsCheck;
using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

/// <summary>Whatever stands in the file: the loader throws nothing, and gives a configuration or errors with places.</summary>
public sealed class ConfigFuzzTests : IDisposable
{
    private static readonly string[] _pieces =
    [
        "{", "}", "[", "]", ":", ": ", ",", "- ", "\n", "  ", "\t", "*a", "&a", "!a", "%", "@", "\"", "'", "|", ">", "#", "?", "---", "...", "null", "~", "{}", "[]", "0", "-1", "1e9", "true",
        "${env:A}", "${keyvault:a}", "${", "/{x}", "{**r}", "{parts.a}", "anonymous", "apiKey", "10s", "1MB", "orders", "GET /", "\0", "é", "😀", "\uD800", "(a+)\\1", "$9",
    ];

    private static Gen<string> Piece => Gen.Int[0, _pieces.Length - 1].Select(index => _pieces[index]);

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Load_RandomBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        File.WriteAllBytes(_path, bytes);
        Check(ConfigFile.Load(_path, _ => null));
    }, iter: 2_000, threads: 1);

    [Fact]
    public void Parse_RandomPieces_NeverThrows() => Piece.Array[0, 40].Sample(
        pieces => Check(Yaml.Load(string.Concat(pieces))), iter: 5_000, threads: 1);

    [Fact]
    public void Parse_MutatedConfiguration_NeverThrows()
    {
        var mutation = Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 12], Piece);
        mutation.Array[1, 4].Sample(mutations => Check(Yaml.Load(mutations.Aggregate(SampleConfig.Text, (text, change) =>
        {
            var at = change.Item1 % text.Length;
            return text.Remove(at, Math.Min(change.Item2, text.Length - at)).Insert(at, change.Item3);
        }))), iter: 2_000, threads: 1);
    }

    [Theory]
    [InlineData("...\t,   ,...}\n  {}*a(a+)\\1\t\"")]
    [InlineData("- , : , ~, ', [, &a ... ..., (a+)\\1, ${env:A}, -1, [, *a")]
    [InlineData("- : , ~'[&a......(a+)\\1${env:A}-1[*a")]
    [InlineData("a: &a\n...\n")]
    [InlineData("? ")]
    [InlineData("- : }")] // a value is due, and the parser says nothing at all
    public void Parse_WhereTheParserLosesItsWay_IsAnError(string text) => Check(Yaml.Load(text), expectErrors: true);

    [Fact]
    public void Parse_DeepNesting_IsAnError()
    {
        Check(Yaml.Load(new string('[', 100_000)), expectErrors: true);
        Check(Yaml.Load("version: 1\nservices: " + string.Concat(Enumerable.Repeat("{a: ", 10_000))), expectErrors: true);
        Check(Yaml.Load("version: 1\nroutes: { r: { match: GET /, auth: anonymous, respond: { json: " + string.Concat(Enumerable.Repeat("[", 10_000))), expectErrors: true);
    }

    private static void Check(ConfigLoad load, bool expectErrors = false)
    {
        Assert.Equal(load.Config is null, load.Errors.Count > 0);
        Assert.All(load.Errors, error => Assert.True(error is { Line: > 0, Column: > 0, Problem.Length: > 0, Mend.Length: > 0 }, error.ToString()));
        Assert.True(!expectErrors || load.Config is null);
    }
}
