using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cli.Tests.Management.Certificates;

/// <summary>What the management API says of a mesh; every part can be another.</summary>
internal sealed record MeshJson
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    public const string Ca = """{"id":"3fa9c2d1e0b7a4556677","serial":"0A11223344556677","signs":true,"issued":"2026-10-02T08:00:00Z","expires":"2027-01-30T08:00:00Z","rotation":null}""";
    public const string Rotated = """{"id":"r1","certificate":"orders","reason":"due","started":"2026-11-01T07:11:00Z","finished":"2026-11-01T07:12:00Z","outcome":"rotated","step":"Retire","detail":null}""";
    public const string Running = """{"id":"r2","certificate":"orders","reason":"asked","started":"2026-11-01T07:59:48Z","finished":null,"outcome":"running","step":"AwaitAck","detail":"orders/o2 acts on 11"}""";
    public const string RolledBack = """{"id":"r2","certificate":"orders","reason":"asked","started":"2026-11-01T07:54:00Z","finished":"2026-11-01T07:55:00Z","outcome":"rolledBack","step":"Canary","detail":"orders/o2 could not load it"}""";

    public DateTimeOffset At { get; init; } = Start;

    public string Authorities { get; init; } = Ca;

    public string Rotation { get; init; } = Rotated;

    public string Candidate { get; init; } = "null";

    public string Expires { get; init; } = "2026-11-02T07:12:30Z";

    public string Heartbeat { get; init; } = "2026-11-01T07:59:56Z";

    /// <summary>The second instance of orders.</summary>
    public string SecondPeer { get; init; } = """{"service":"orders","instance":"o2","sequence":12,"heartbeat":"2026-11-01T07:59:50Z","serial":"4F1C9E02ABCDEF01","acknowledged":true,"problem":null}""";

    public int Acknowledged { get; init; } = 2;

    public string Refused { get; init; } = "";

    public override string ToString() => $$"""
        {"at":{{JsonSerializer.Serialize(At)}},"trustDomain":"contoso.internal","sequence":12,"issued":"2026-11-01T07:56:55Z","authorities":[{{Authorities}}],
        "workloads":[
        {"service":"echo","inUse":{"version":"v1","serial":"77D0A1B2C3D4E5F6","authority":"3fa9c2d1e0b7a4556677","issued":"2026-11-01T07:00:00Z","expires":"2026-11-02T07:00:00Z"},"candidate":null,"peers":1,"acknowledged":1,"rotation":null},
        {"service":"orders","inUse":{"version":"v7","serial":"4F1C9E02ABCDEF01","authority":"3fa9c2d1e0b7a4556677","issued":"2026-11-01T07:12:30Z","expires":"{{Expires}}"},"candidate":{{Candidate}},"peers":2,"acknowledged":{{Acknowledged}},"rotation":{{Rotation}}}],
        "peers":[
        {"service":"echo","instance":"e1","sequence":12,"heartbeat":"{{Heartbeat}}","serial":"77D0A1B2C3D4E5F6","acknowledged":true,"problem":null},
        {"service":"orders","instance":"o1","sequence":12,"heartbeat":"{{Heartbeat}}","serial":"4F1C9E02ABCDEF01","acknowledged":true,"problem":null},
        {{SecondPeer}}],"refused":[{{Refused}}]}
        """;

    /// <summary>A rotation with steps that began a second apart.</summary>
    public static string WithSteps(string rotation, params string[] steps)
    {
        var whole = JsonNode.Parse(rotation)!;
        whole["steps"] = new JsonArray([.. steps.Index().Select(step => JsonNode.Parse($$"""{"name":"{{step.Item}}","at":"2026-11-01T08:00:{{step.Index:00}}Z","detail":null}"""))]);
        return whole.ToJsonString();
    }
}
