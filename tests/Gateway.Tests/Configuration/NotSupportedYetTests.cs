namespace Gateway.Tests.Configuration;

/// <summary>What the language has and this version does not execute is told apart from mistakes, at its place.</summary>
public class NotSupportedYetTests
{
    [Theory]
    [InlineData("services: { a: \"http://a\", b: \"http://b\" }\nroutes: { r: { match: /, auth: anonymous, forward: { to: »{ a: 90, b: 10 } } } }", "one service")]
    [InlineData("services: { a: \"http://a\" }\nroutes: { r: { match: /, auth: anonymous, forward: { to: a, sticky: »consumer } } }", "Remove it")]
    [InlineData("routes: { r: { match: /, auth: »mesh, respond: {} } }", "apiKey")]
    public void Check_KnownAndNotExecuted_SaysWhatToDoInstead(string marked, string mend)
    {
        var text = "version: 1\n" + marked;
        var at = text.IndexOf('»', StringComparison.Ordinal);

        var error = Assert.Single(Yaml.Load(text.Remove(at, 1)).Errors);

        Assert.True(error.NotSupportedYet);
        Assert.Contains("not supported yet", error.Problem, StringComparison.Ordinal);
        Assert.Contains(mend, error.Mend, StringComparison.Ordinal);
        Assert.Equal((1 + text[..at].Count(character => character == '\n'), at - text[..at].LastIndexOf('\n')), (error.Line, error.Column));
    }

    [Fact]
    public void Parse_TwoRoutesOfOneFullName_IsAnError() => Assert.Single(Yaml.Load("""
        version: 1
        apis: { a: { routes: { b: { match: /1, auth: anonymous, respond: {} } } } }
        routes: { a/b: { match: /2, auth: anonymous, respond: {} } }
        """).Errors);

    [Fact]
    public void Parse_SeveralMistakes_AreAllReportedInTheOrderOfTheFile()
    {
        var errors = Yaml.Load("""
            version: 3
            services: { a: ftp://a, b: { urls: http://b, timeout: 10 } }
            limits: { a: 1 per 10ms }
            issuers: { mesh: { authority: http://x.example, audiences: [], maxToken: 3 } }
            routes:
              r: { match: get /, forward: c, tiemout: 1s }
            """).Errors;

        Assert.Equal([1, 2, 2, 3, 4, 4, 4, 4, 6, 6, 6, 6], errors.Select(error => error.Line));
    }
}
