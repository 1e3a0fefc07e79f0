namespace Cli.Tests.Management;

public sealed class ConsumersCommandTests : ManagementTests
{
    private const string Conflict = """{"title":"Conflict","status":409,"detail":"There is a consumer acme already."}""";

    [Fact]
    public async Task Add_WithPlanAndGroups_SendsThemAndSaysSo()
    {
        Api.Says(201, FakeManagementApi.Acme);

        var run = await Operator.RunAsync("consumers", "add", "acme", "--plan", "gold", "--groups", "partners,eu");

        Assert.Equal((0, "acme was added (plan gold, groups partners, eu)"), (run.Code, run.Out.Trim()));
        Assert.Equal(["POST /consumers"], Api.Calls);
        Assert.Equal("""{"name":"acme","plan":"gold","groups":["partners","eu"]}""", Api.Body!.ToJsonString());
        Assert.Equal(["Bearer manage-canary"], Api.Authorizations);
        Assert.Contains("gw keys create acme", run.Error);
    }

    [Theory]
    [InlineData("entra:0d3f-a.b", "entra:0d3f-a.b")]
    [InlineData("a/b c", "'a/b c'")]
    [InlineData("it's $HOME", @"'it'\''s $HOME'")]
    public async Task Add_SuggestsALineThatAShellReadsAsMeant(string name, string word)
    {
        Api.Says(201, FakeManagementApi.Acme.Replace("acme", name));

        var run = await Operator.RunAsync("consumers", "add", name);

        Assert.EndsWith($"gw keys create {word}", run.Error.Trim());
    }

    [Fact]
    public async Task Add_OfAnExistingName_SaysWhatTheApiSays()
    {
        Api.Says(409, Conflict, "application/problem+json");

        var run = await Operator.RunAsync("consumers", "add", "acme");

        Assert.Equal((1, "", "gw: Conflict: There is a consumer acme already."), (run.Code, run.Out, run.Error.Trim()));
    }

    [Fact]
    public async Task Add_AsJson_WritesTheConsumerAndNothingElse()
    {
        Api.Says(201, FakeManagementApi.Acme);

        var run = await Operator.RunAsync("consumers", "add", "acme", "--json");

        Assert.Equal(
            ["name", "plan", "groups", "suspended", "created"],
            run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task List_ShowsARowForEach()
    {
        Api.Says(200, $$"""{"consumers":[{{FakeManagementApi.Acme}},{"name":"entra:7","groups":[],"suspended":true,"created":"2026-11-02T08:00:00Z"}]}""");

        var run = await Operator.RunAsync("consumers", "list");

        Assert.Equal(
            """
            CONSUMER  PLAN  GROUPS       STATE      CREATED
            acme      gold  partners,eu  active     2026-11-01T08:00Z
            entra:7   -     -            suspended  2026-11-02T08:00Z

            """,
            run.Out);
    }

    [Fact]
    public async Task List_OfNone_SaysSoBesideAnEmptyResult()
    {
        Api.Says(200, """{"consumers":[]}""");

        var run = await Operator.RunAsync("consumers", "list");

        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.Contains("There are no consumers.", run.Error);
    }

    [Fact]
    public async Task List_AsJson_KeepsTheApisShape()
    {
        Api.Says(200, $$"""{"consumers":[{{FakeManagementApi.Acme}}]}""");

        var run = await Operator.RunAsync("consumers", "list", "--json");

        Assert.Equal("acme", run.Json.GetProperty("consumers")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("entra:a/b c", "/consumers/entra%3Aa%2Fb%20c")]
    [InlineData("50%", "/consumers/50%25")]
    [InlineData("@team", "/consumers/%40team")]
    [InlineData("ä?#", "/consumers/%C3%A4%3F%23")]
    public async Task Show_OfAnyName_SendsItAsOneSegment(string name, string target)
    {
        Api.Says(200, FakeManagementApi.Acme);

        var run = await Operator.RunAsync("consumers", "show", name);

        Assert.Equal(0, run.Code);
        Assert.Equal([$"GET {target}"], Api.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Remove_OfWhatIsNoName_AsksNobody(string name)
    {
        var run = await Operator.RunAsync("consumers", "remove", name, "--yes");

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Show_OfNobody_Fails()
    {
        Api.Says(404, """{"title":"Not found","status":404,"detail":"There is no consumer acne."}""", "application/problem+json");

        var run = await Operator.RunAsync("consumers", "show", "acne", "--json");

        Assert.Equal((1, "", "gw: Not found: There is no consumer acne."), (run.Code, run.Out, run.Error.Trim()));
    }

    [Theory]
    [InlineData("--plan gold", """{"plan":"gold"}""")]
    [InlineData("--no-plan", """{"plan":null}""")]
    [InlineData("--groups a b --groups c", """{"groups":["a","b","c"]}""")]
    [InlineData("--no-groups --plan free", """{"plan":"free","groups":[]}""")]
    public async Task Set_SendsOnlyWhatWasGiven(string options, string body)
    {
        Api.Says(200, FakeManagementApi.Acme);

        var run = await Operator.RunAsync(["consumers", "set", "acme", .. options.Split(' ')]);

        Assert.Equal(0, run.Code);
        Assert.Equal(["PATCH /consumers/acme"], Api.Calls);
        Assert.Equal(body, Api.Body!.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--plan gold --no-plan")]
    [InlineData("--groups a --no-groups")]
    public async Task Set_OfNothingOrBoth_IsAMistakeOfUsage(string options)
    {
        var run = await Operator.RunAsync(["consumers", "set", "acme", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(2, run.Code);
        Assert.Empty(Api.Calls);
    }

    [Theory]
    [InlineData("suspend", "acme is suspended (plan gold, groups partners, eu)")]
    [InlineData("resume", "acme may call again (plan gold, groups partners, eu)")]
    public async Task SuspendAndResume_CallTheApi(string verb, string said)
    {
        Api.Says(200, FakeManagementApi.Acme);

        var run = await Operator.RunAsync("consumers", verb, "acme");

        Assert.Equal((0, said), (run.Code, run.Out.Trim()));
        Assert.Equal([$"POST /consumers/acme/{verb}"], Api.Calls);
    }

    [Fact]
    public async Task Remove_WhenConfirmed_Removes()
    {
        Api.Says(204, "");
        Operator.Answers = "y\n";

        var run = await Operator.RunAsync("consumers", "remove", "acme");

        Assert.Equal((0, "acme was removed and its keys are revoked."), (run.Code, run.Out.Trim()));
        Assert.Equal("Remove acme and revoke all its keys? [y/N] ", run.Error);
        Assert.Equal(["DELETE /consumers/acme"], Api.Calls);
    }

    [Theory]
    [InlineData("n\n", 1)]
    [InlineData("\n", 1)]
    [InlineData("", 1)]
    [InlineData(null, 2)]
    public async Task Remove_WithoutConsent_ChangesNothing(string? answer, int code)
    {
        Operator.Answers = answer;

        var run = await Operator.RunAsync("consumers", "remove", "acme");

        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Remove_WithYes_AsksNobody()
    {
        Api.Says(204, "");

        var run = await Operator.RunAsync("consumers", "remove", "acme", "--yes", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("acme", run.Json.GetProperty("removed").GetString());
    }
}
