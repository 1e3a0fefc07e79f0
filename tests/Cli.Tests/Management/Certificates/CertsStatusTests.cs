namespace Cli.Tests.Management.Certificates;

public sealed class CertsStatusTests : ManagementTests
{
    private const string Lagging = """{"service":"orders","instance":"o2","sequence":11,"heartbeat":"2026-11-01T07:59:20Z","serial":null,"acknowledged":false,"problem":"its vault does not answer"}""";

    [Fact]
    public async Task Status_OfAQuietMesh_IsASentenceAndOneTable()
    {
        Api.Says(200, $"{new MeshJson()}");

        var run = await Operator.RunAsync("certs", "status");

        Assert.Equal(
            """
            contoso.internal: bundle 12, published 3m 5s ago; 3 of 3 peers act on it
            CERTIFICATE         SERIAL    EXPIRES     SIGNED BY  PEERS  ROTATION
            authority 3fa9c2d1  0A112233  in 90d 0h   itself     3/3    -
            echo                77D0A1B2  in 23h 0m   3fa9c2d1   1/1    -
            orders              4F1C9E02  in 23h 12m  3fa9c2d1   2/2    rotated 48m 0s ago

            """,
            run.Out);
        Assert.Equal((0, "", "GET /certificates"), (run.Code, run.Error, Api.Calls.Single()));
    }

    [Fact]
    public async Task Status_OfATroubledMesh_ListsWhoLagsAndWhatIsRefused()
    {
        Api.Says(200, $"{new MeshJson
        {
            SecondPeer = Lagging,
            Acknowledged = 1,
            Rotation = MeshJson.Running,
            Candidate = """{"version":"v8","serial":"9B00112233445566","authority":"3fa9c2d1e0b7a4556677","issued":"2026-11-01T08:00:00Z","expires":"2026-11-02T08:00:00Z"}""",
            Refused = """{"serial":"C0FFEE0011223344","until":"2026-11-01T11:00:00Z"}""",
        }}");

        var run = await Operator.RunAsync("certs", "status");

        Assert.Equal(
            """
            contoso.internal: bundle 12, published 3m 5s ago; 2 of 3 peers act on it
            CERTIFICATE         SERIAL                     EXPIRES     SIGNED BY  PEERS  ROTATION
            authority 3fa9c2d1  0A112233                   in 90d 0h   itself     2/3    -
            echo                77D0A1B2                   in 23h 0m   3fa9c2d1   1/1    -
            orders              4F1C9E02, trying 9B001122  in 23h 12m  3fa9c2d1   1/2    AwaitAck, 12s: orders/o2 acts on 11
            PEER       ACTS ON   HEARD OF  SERIAL  WHY
            orders/o2  11 of 12  40s ago   -       its vault does not answer
            REFUSED   WOULD EXPIRE
            C0FFEE00  in 3h 0m

            """,
            run.Out);
    }

    [Fact]
    public async Task Status_OfATroubledMesh_IsRedWhereSomeoneHasToLook()
    {
        Operator.Terminal = true;
        Operator.Width = 160;
        Api.Says(200, $"{new MeshJson { SecondPeer = Lagging, Acknowledged = 1, Rotation = MeshJson.RolledBack }}");

        var run = await Operator.RunAsync("certs", "status");

        Assert.Contains("\e[91m2 of 3 peers act on it\e[0m", run.Out);
        Assert.Contains("\e[91m1/2\e[0m", run.Out);
        Assert.Contains("\e[91mrolled back 5m 0s ago: orders/o2 could not load it\e[0m", run.Out);
        Assert.Contains("\e[91m11 of 12\e[0m", run.Out);
        Assert.DoesNotContain("\e[91m1/1", run.Out);
    }

    [Theory]
    [InlineData("2026-11-01T16:12:30Z", " in 8h 12m ")] // of 9 h
    [InlineData("2026-11-01T08:20:00Z", "\e[93min 20m 0s\e[0m")] // of 67 m 30 s: below a third
    [InlineData("2026-11-01T08:05:00Z", "\e[91min 5m 0s\e[0m")] // of 52 m 30 s: below a tenth
    [InlineData("2026-11-01T07:59:30Z", "\e[91mexpired 30s ago\e[0m")]
    public async Task Expiry_AsItComesNearer_ChangesItsColour(string expires, string cell)
    {
        Operator.Terminal = true;
        Operator.Width = 160;
        Api.Says(200, $"{new MeshJson { Expires = expires }}");

        var run = await Operator.RunAsync("certs", "status");

        Assert.Contains(cell, run.Out);
    }

    [Fact]
    public async Task Rotation_UnderWay_IsYellow()
    {
        Operator.Terminal = true;
        Operator.Width = 160;
        Api.Says(200, $"{new MeshJson { Rotation = MeshJson.Running }}");

        var run = await Operator.RunAsync("certs", "status");

        Assert.Contains("\e[93mAwaitAck, 12s: orders/o2 acts on 11\e[0m", run.Out);
    }

    [Fact]
    public async Task Authorities_WhileOneIsReplaced_AreTwoRows()
    {
        Api.Says(200, $"{new MeshJson
        {
            Authorities = $$"""{{MeshJson.Ca}},{"id":"91bb20e4aaaa","serial":"0A11223399556677","signs":false,"issued":"2026-11-01T07:50:00Z","expires":"2027-10-01T08:00:00Z","rotation":null}""",
        }}");

        var run = await Operator.RunAsync("certs", "status");

        Assert.Matches("(?m)^authority 3fa9c2d1 +0A1122334 ", run.Out); // nine digits, because eight are the same
        Assert.Matches("(?m)^authority 91bb20e4 [(]trusted only[)]  0A1122339 ", run.Out);
        Assert.Matches("(?m)^orders +4F1C9E02AB ", run.Out);
    }

    [Fact]
    public async Task Status_OfAMeshWithoutPeersAndCertificates_HasNoHoles()
    {
        Api.Says(200, """
            {"at":"2026-11-01T08:00:00Z","trustDomain":"contoso.internal","sequence":1,"issued":"2026-11-01T07:59:58Z","authorities":[],
            "workloads":[{"service":"orders","inUse":null,"candidate":null,"peers":0,"acknowledged":0,"rotation":null}],"peers":[],"refused":[]}
            """);

        var run = await Operator.RunAsync("certs", "status");

        Assert.Equal(
            """
            contoso.internal: bundle 1, published 2s ago; nobody acts on it yet
            CERTIFICATE  SERIAL  EXPIRES  SIGNED BY  PEERS  ROTATION
            orders       -       -        -          0/0    -

            """,
            run.Out);
    }

    [Fact]
    public async Task Status_AsJson_KeepsTheApisShape()
    {
        Api.Says(200, $"{new MeshJson { SecondPeer = Lagging, Refused = """{"serial":"C0","until":"2026-11-01T11:00:00Z"}""" }}");

        var run = await Operator.RunAsync("certs", "status", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["at", "trustDomain", "sequence", "issued", "authorities", "workloads", "peers", "refused"], Members(run.Json));
        Assert.Equal(["id", "serial", "signs", "issued", "expires", "rotation"], Members(run.Json.GetProperty("authorities")[0]));
        Assert.Equal(["service", "inUse", "candidate", "peers", "acknowledged", "rotation"], Members(run.Json.GetProperty("workloads")[1]));
        Assert.Equal(["version", "serial", "authority", "issued", "expires"], Members(run.Json.GetProperty("workloads")[1].GetProperty("inUse")));
        Assert.Equal(["id", "certificate", "reason", "started", "finished", "outcome", "step", "detail"], Members(run.Json.GetProperty("workloads")[1].GetProperty("rotation")));
        Assert.Equal(["service", "instance", "sequence", "heartbeat", "serial", "acknowledged", "problem"], Members(run.Json.GetProperty("peers")[2]));
        Assert.Equal(["serial", "until"], Members(run.Json.GetProperty("refused")[0]));
    }

    [Fact]
    public async Task Status_WithoutAMesh_Fails()
    {
        Api.Says(404, """{"title":"There is no mesh here.","status":404,"detail":"Give it a trust domain."}""", "application/problem+json");

        var run = await Operator.RunAsync("certs", "status");

        Assert.Equal((1, "", "gw: There is no mesh here: Give it a trust domain."), (run.Code, run.Out, run.Error.Trim()));
    }

    private static IEnumerable<string> Members(System.Text.Json.JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
