namespace Cli.Tests.Management;

public sealed class ManagementAddressTests : ManagementTests
{
    private const string Empty = """{"consumers":[]}""";

    [Fact]
    public async Task DevEnv_InAFolderAbove_IsFound()
    {
        Operator.Environment.Clear();
        Operator.Write(".local/dev.env", $"# written by scripts/run\nexport MANAGE_URL='{Api.Url}'\nMANAGE_KEY=file-canary\n");
        Directory.CreateDirectory(Path.Combine(Operator.Folder, "a/b"));
        Api.Says(200, Empty);

        var run = await Operator.RunAsync("consumers", "list");

        Assert.Equal(0, run.Code);
        Assert.Equal(["Bearer file-canary"], Api.Authorizations);
    }

    [Fact]
    public async Task Url_GivenAsOption_WinsOverTheEnvironment()
    {
        Operator.Environment["MANAGE_URL"] = "http://127.0.0.1:1";
        Api.Says(200, Empty);

        var run = await Operator.RunAsync("consumers", "list", "--url", Api.Url + "/");

        Assert.Equal(0, run.Code);
        Assert.Equal(["GET /consumers"], Api.Calls);
    }

    [Fact]
    public async Task Url_WithAPath_KeepsIt()
    {
        Api.Says(200, Empty);

        await Operator.RunAsync("consumers", "list", "--url", Api.Url + "/manage/");

        Assert.Equal(["GET /manage/consumers"], Api.Calls);
    }

    [Fact]
    public async Task NothingKnown_SaysHowToStart()
    {
        Operator.Environment.Clear();

        var run = await Operator.RunAsync("keys", "list");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("scripts/run", run.Error);
    }

    [Fact]
    public async Task KeyOfAFile_IsNotSentElsewhere()
    {
        Operator.Environment.Clear();
        Operator.Write(".local/dev.env", "MANAGE_URL=http://localhost:7072\nMANAGE_KEY=file-canary\n");

        var run = await Operator.RunAsync("consumers", "list", "--url", Api.Url);

        Assert.Equal(1, run.Code);
        Assert.Empty(Api.Calls);
        Assert.DoesNotContain("canary", run.Error);
    }

    [Fact]
    public async Task KeyOfTheEnvironment_IsNotSentToAnAddressFromAFile()
    {
        Operator.Environment.Remove("MANAGE_URL");
        Operator.Write(".local/dev.env", $"MANAGE_URL={Api.Url}\nMANAGE_KEY=file-canary\n");

        var run = await Operator.RunAsync("consumers", "list");

        Assert.Equal(1, run.Code);
        Assert.Empty(Api.Calls);
        Assert.DoesNotContain("canary", run.Error);
    }

    [Fact]
    public async Task PlainHttp_ToAnotherMachine_IsRefused()
    {
        var run = await Operator.RunAsync("consumers", "list", "--url", "http://192.0.2.1:7072");

        Assert.Equal(1, run.Code);
        Assert.Contains("https", run.Error);
    }

    [Theory]
    [InlineData("localhost:7072")]
    [InlineData("ftp://localhost")]
    [InlineData("http://user:pw@localhost")]
    [InlineData("")]
    public async Task Url_ThatIsNone_IsAMistakeOfUsage(string url)
    {
        var run = await Operator.RunAsync("consumers", "list", "--url", url);

        Assert.Equal((2, ""), (run.Code, run.Out));
    }

    [Fact]
    public async Task Unreachable_SaysHowToStart()
    {
        // port 1 of the loopback: nobody listens there
        var run = await Operator.RunAsync("consumers", "list", "--url", "http://127.0.0.1:1", "--json");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("http://127.0.0.1:1 cannot be reached", run.Error);
        Assert.Contains("scripts/run", run.Error);
    }

    [Fact]
    public async Task RefusedKey_SaysWhereItCameFrom()
    {
        Api.Says(401, "{}", "application/problem+json");

        var run = await Operator.RunAsync("consumers", "list");

        Assert.Equal(1, run.Code);
        Assert.Contains("refused MANAGE_KEY", run.Error);
        Assert.Contains("the environment", run.Error);
        Assert.DoesNotContain("canary", run.Error);
    }

    [Theory]
    [InlineData(500, "<html>", "text/html")]
    [InlineData(502, "not json", "application/problem+json")]
    [InlineData(500, "[1]", "application/problem+json")]
    [InlineData(200, "<html>", "text/html")]
    [InlineData(200, "{}", "application/json")]
    [InlineData(200, "null", "application/json")]
    [InlineData(200, """{"consumers":[{"name":7}]}""", "application/json")]
    [InlineData(302, "", "text/html")]
    public async Task AnswerOfSomethingElse_IsOneMessage(int status, string answer, string type)
    {
        Api.Says(status, answer, type);

        var run = await Operator.RunAsync("consumers", "list");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.StartsWith("gw: ", run.Error);
        Assert.DoesNotContain(" at Cli.", run.Error);
    }

    [Fact]
    public async Task ProblemWithControlCharacters_CannotSteerTheTerminal()
    {
        Api.Says(409, """{"title":"a\u001b[2Jb","detail":"c\r\nd\u202Ee"}""", "application/problem+json");

        var run = await Operator.RunAsync("consumers", "list");

        Assert.Equal("gw: a\uFFFD[2Jb: c\uFFFD\uFFFDd\uFFFDe", run.Error.TrimEnd());
    }
}
