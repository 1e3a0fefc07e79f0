namespace Cli.Tests.Management.Certificates;

public sealed class CertsCommandTests : ManagementTests
{
    private const string Whole = "4F1C9E02ABCDEF01";

    public CertsCommandTests() => Operator.Time = new HurryingTime(MeshJson.Start);

    [Fact]
    public async Task Rotate_SaysWhatIsUnderWay()
    {
        Api.Says(202, MeshJson.Running);

        var run = await Operator.RunAsync("certs", "rotate", "orders");

        Assert.Equal((0, "Rotation r2 of orders is under way (begun 12s ago, asked)"), (run.Code, run.Out.Trim()));
        Assert.Equal("POST /certificates/orders/rotations", Api.Calls.Single());
        Assert.Contains("gw certs status --watch", run.Error);
    }

    [Fact]
    public async Task Rotate_ThatWaits_SaysEachStepOnce()
    {
        var done = MeshJson.Running.Replace("\"finished\":null,\"outcome\":\"running\"", "\"finished\":\"2026-11-01T08:00:22Z\",\"outcome\":\"rotated\"", StringComparison.Ordinal)
            .Replace("\"orders/o2 acts on 11\"", "null", StringComparison.Ordinal);
        Api.SaysInTurn(
            Operator.Stop,
            (202, MeshJson.Running),
            (200, MeshJson.WithSteps(MeshJson.Running.Replace("\"orders/o2 acts on 11\"", "null", StringComparison.Ordinal), "Issue", "Canary")),
            (200, MeshJson.WithSteps(MeshJson.Running, "Issue", "Canary", "AwaitAck")),
            (200, MeshJson.WithSteps(MeshJson.Running, "Issue", "Canary", "AwaitAck")),
            (200, MeshJson.WithSteps(done, "Issue", "Canary", "AwaitAck", "Retire")));

        var run = await Operator.RunAsync("certs", "rotate", "orders", "--wait");

        Assert.Equal(
            """
            Rotation r2 of orders is under way (begun 12s ago, asked)
            08:00:00Z  Issue
            08:00:01Z  Canary
            08:00:02Z  AwaitAck: orders/o2 acts on 11
            08:00:03Z  Retire
            rotated in 34s

            """,
            run.Out);
        Assert.Equal((0, "", 5, "GET /rotations/r2"), (run.Code, run.Error, Api.Calls.Count, Api.Calls[^1]));
        Assert.Equal(MeshJson.Start.AddSeconds(3), Operator.Time.GetUtcNow());
    }

    [Fact]
    public async Task Rotate_ThatIsRolledBack_Is1AndSaysWhy()
    {
        Api.SaysInTurn(Operator.Stop, (202, MeshJson.Running), (200, MeshJson.WithSteps(MeshJson.RolledBack, "Issue", "Canary")));

        var run = await Operator.RunAsync("certs", "rotate", "orders", "--wait");

        Assert.Equal(1, run.Code);
        Assert.StartsWith("gw: The rotation of orders was rolled back after 1m 0s: orders/o2 could not load it", run.Error, StringComparison.Ordinal);
        Assert.Contains("The certificate before stays in use", run.Error);
    }

    [Fact]
    public async Task Rotate_ThatWaitsForJson_WritesOneDocumentWithTheSteps()
    {
        Api.SaysInTurn(
            Operator.Stop,
            (202, MeshJson.Running),
            (200, MeshJson.WithSteps(MeshJson.Running, "Issue")),
            (200, MeshJson.WithSteps(MeshJson.RolledBack, "Issue", "Canary")));

        var run = await Operator.RunAsync("certs", "rotate", "orders", "--wait", "--json");

        Assert.Equal((1, "rolledBack", 2), (run.Code, run.Json.GetProperty("outcome").GetString(), run.Json.GetProperty("steps").GetArrayLength()));
    }

    [Fact]
    public async Task Wait_ThatIsStopped_SaysThatTheRotationGoesOn()
    {
        Api.SaysInTurn(Operator.Stop, (202, MeshJson.Running), (200, MeshJson.WithSteps(MeshJson.Running, "Issue")));

        var run = await Operator.RunAsync("certs", "rotate", "orders", "--wait");

        Assert.Equal((1, "gw: Stopped waiting. Rotation r2 of orders goes on."), (run.Code, run.Error.Split('\n')[0].Trim()));
    }

    [Fact]
    public async Task Wait_WhoseCallFails_TriesAgain()
    {
        Api.SaysInTurn(
            Operator.Stop,
            (202, MeshJson.Running),
            (503, """{"title":"Storage does not answer.","status":503}"""),
            (503, """{"title":"Storage does not answer.","status":503}"""),
            (200, MeshJson.WithSteps(MeshJson.Rotated, "Issue")));

        var run = await Operator.RunAsync("certs", "rotate", "orders", "--wait");

        Assert.Equal((0, 1), (run.Code, run.Error.Split("Storage does not answer").Length - 1));
        Assert.EndsWith("rotated in 1m 0s\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_WhoseCallsAllFail_GivesUp()
    {
        Api.SaysInTurn(Operator.Stop, [(202, MeshJson.Running), .. Enumerable.Repeat((503, """{"title":"Storage does not answer.","status":503}"""), 30)]);

        var run = await Operator.RunAsync("certs", "rotate", "orders", "--wait");

        Assert.Equal((1, 31), (run.Code, Api.Calls.Count));
    }

    [Theory]
    [InlineData("y\n", 0, 1)]
    [InlineData("n\n", 1, 0)]
    [InlineData(null, 2, 0)]
    public async Task RotateCa_AsksFirst(string? answer, int code, int calls)
    {
        Operator.Answers = answer;
        Api.Says(202, MeshJson.Running.Replace("\"orders\"", "\"authority\"", StringComparison.Ordinal));

        var run = await Operator.RunAsync("certs", "rotate-ca");

        Assert.Equal((code, calls), (run.Code, Api.Calls.Count));
        Assert.Contains("Replace the certificate authority? Everybody trusts the new one first", run.Error);
        Assert.Equal(code == 0, run.Out.Contains("Rotation r2 of the authority is under way", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("4F1C9E02")]
    [InlineData("4f:1c:9e")]
    [InlineData(Whole)]
    public async Task Revoke_OfAShortenedSerial_SendsAllOfIt(string given)
    {
        Api.SaysInTurn(Operator.Stop, (200, $"{new MeshJson()}"), (202, MeshJson.Running));
        Operator.Answers = "y\n";

        var run = await Operator.RunAsync("certs", "revoke", given);

        Assert.Equal(0, run.Code);
        Assert.Equal(["GET /certificates", "POST /certificates/revocations"], Api.Calls);
        Assert.Equal($$"""{"serial":"{{Whole}}"}""", Api.Text);
        Assert.StartsWith($"Revoke certificate {Whole} of orders? It is refused everywhere, the connections that it authenticated are closed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_OfAnAmbiguousSerial_ListsTheMatches()
    {
        Api.Says(200, $"{new MeshJson { Refused = """{"serial":"4F1C9E02ABCDEF99","until":"2026-11-01T11:00:00Z"}""" }}");

        var run = await Operator.RunAsync("certs", "revoke", "4F1C", "--yes");

        Assert.Equal((2, "gw: 4F1C could be 4F1C9E02ABCDEF01 (orders) or 4F1C9E02ABCDEF99 (a service, refused already)."), (run.Code, run.Error.Split('\n')[0]));
        Assert.Equal(["GET /certificates"], Api.Calls);
    }

    [Theory]
    [InlineData("0A11", "rotate-ca")]
    [InlineData("hello", "gw certs status")]
    [InlineData(":", "gw certs status")]
    public async Task Revoke_OfWhatIsNoServicesSerial_ChangesNothing(string given, string mend)
    {
        Api.Says(200, $"{new MeshJson()}");

        var run = await Operator.RunAsync("certs", "revoke", given, "--yes");

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(mend, run.Error);
        Assert.DoesNotContain(Api.Calls, call => call.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoke_OfASerialFromBefore_LeavesItToTheApi()
    {
        Api.SaysInTurn(Operator.Stop, (200, $"{new MeshJson()}"), (404, """{"title":"There is no such certificate.","status":404,"detail":"None has DD."}"""));

        var run = await Operator.RunAsync("certs", "revoke", "dd", "--yes");

        Assert.Equal((1, "gw: There is no such certificate: None has DD."), (run.Code, run.Error.Trim()));
        Assert.Equal("""{"serial":"DD"}""", Api.Text);
    }

    [Theory]
    [InlineData("certs history", "GET /rotations")]
    [InlineData("certs history orders", "GET /rotations?certificate=orders")]
    [InlineData("certs history orders --limit 5", "GET /rotations?certificate=orders&limit=5")]
    public async Task History_ListsRotations(string line, string call)
    {
        Api.Says(200, $$"""{"rotations":[{{MeshJson.WithSteps(MeshJson.Running, "Issue")}},{{MeshJson.WithSteps(MeshJson.RolledBack, "Issue")}},{{MeshJson.WithSteps(MeshJson.Rotated, "Issue")}}]}""");

        var run = await Operator.RunAsync(line.Split(' '));

        Assert.Equal(
            """
            STARTED               CERTIFICATE  REASON  TOOK   OUTCOME      LAST STEP  WHY
            2026-11-01T07:59:48Z  orders       asked   12s    running      AwaitAck   orders/o2 acts on 11
            2026-11-01T07:54:00Z  orders       asked   1m 0s  rolled back  Canary     orders/o2 could not load it
            2026-11-01T07:11:00Z  orders       due     1m 0s  rotated      Retire     -

            """,
            run.Out);
        Assert.Equal((0, call), (run.Code, Api.Calls.Single()));
    }

    [Fact]
    public async Task History_OfNothing_SaysSo()
    {
        Api.Says(200, """{"rotations":[]}""");

        var run = await Operator.RunAsync("certs", "history");

        Assert.Equal((0, "", "There was no rotation yet."), (run.Code, run.Out, run.Error.Trim()));
    }

    [Fact]
    public async Task History_AsJson_HasTheSteps()
    {
        Api.Says(200, $$"""{"rotations":[{{MeshJson.WithSteps(MeshJson.Running, "Issue")}}]}""");

        var run = await Operator.RunAsync("certs", "history", "--json");

        Assert.Equal(["name", "at", "detail"], run.Json.GetProperty("rotations")[0].GetProperty("steps")[0].EnumerateObject().Select(member => member.Name));
    }
}
