using System.Text.Json.Nodes;
using ControlPlane.Management;
using ControlPlane.Tests.Certificates;
using ControlPlane.Tests.Limits;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tests.Shared;

namespace ControlPlane.Tests.Management;

/// <summary>The description is true: every endpoint is in it, nothing else is, and real answers have the shapes it gives.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonNode Document = JsonNode.Parse(OpenApiDocument.Bytes)!;

    [Fact]
    public async Task Endpoints_AndDescription_NameTheSameOperations()
    {
        await using var server = await ManagementServer.StartAsync();
        var mapped =
            from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select $"{method} {endpoint.RoutePattern.RawText} {endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName}";

        var described =
            from path in Document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select $"{operation.Key.ToUpperInvariant()} {path.Key} {operation.Value!["operationId"]}";

        Assert.Equal(described.Order(), mapped.Order());
    }

    [Fact]
    public async Task Document_IsServedWithoutTheKey()
    {
        await using var server = await ManagementServer.StartAsync();

        var served = await server.Anonymous.GetByteArrayAsync(new Uri("/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(OpenApiDocument.Bytes, served);
        Assert.Equal("3.1.0", (string)Document["openapi"]!);
    }

    [Fact]
    public async Task Answers_HaveTheShapesThatTheDescriptionGives()
    {
        using var authority = new MeshAuthority(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var mesh = new FakeCertificateDesk(TimeProvider.System) { Bundle = SpiffeBundleTests.BundleOf(authority.Root) };
        await using var server = await ManagementServer.StartAsync(_ => mesh);
        var seen = new HashSet<string>();

        await CheckAsync("addConsumer", "POST", "/consumers", """{"name":"alice","plan":"gold","groups":["a"]}""");
        await CheckAsync("addConsumer", "POST", "/consumers", """{"name":"alice"}""");
        await CheckAsync("addConsumer", "POST", "/consumers", """{"nam":"alice"}""");
        await CheckAsync("listConsumers", "GET", "/consumers");
        await CheckAsync("showConsumer", "GET", "/consumers/alice");
        await CheckAsync("showConsumer", "GET", "/consumers/nobody");
        await CheckAsync("changeConsumer", "PATCH", "/consumers/alice", """{"plan":null,"groups":[]}""");
        await CheckAsync("suspendConsumer", "POST", "/consumers/alice/suspend");
        await CheckAsync("resumeConsumer", "POST", "/consumers/alice/resume");
        var key = await CheckAsync("createKey", "POST", "/consumers/alice/keys", """{"label":"ci","scopes":["x"],"expires":"2027-01-01T00:00:00Z"}""");
        await CheckAsync("rotateKey", "POST", $"/keys/{key!["id"]}/rotate");
        await CheckAsync("rotateKey", "POST", $"/keys/{key["id"]}/rotate");
        await CheckAsync("revokeKey", "DELETE", $"/keys/{key["id"]}");
        await CheckAsync("listKeysOfConsumer", "GET", "/consumers/alice/keys");
        await CheckAsync("listKeys", "GET", "/keys");
        await CheckAsync("removeConsumer", "DELETE", "/consumers/alice");
        server.Tables["limits"].Plant(LedgerRows.Rolling("per-consumer", "consumer alice", LedgerRows.Row with { Granted = [new(LedgerRows.Row.Base, 10)] }));
        await CheckAsync("showLimit", "GET", "/limits/per-consumer/state?key=alice");
        await CheckAsync("showLimit", "GET", "/limits/per-consumer/state?kye=alice");
        await CheckAsync("resetLimit", "DELETE", "/limits/per-consumer/state?key=alice");
        await CheckAsync("resetLimit", "DELETE", "/limits/per-consumer/state?key=alice");
        await CheckAsync("rotateCertificate", "POST", "/certificates/orders/rotations");
        await CheckAsync("rotateCertificate", "POST", "/certificates/orders/rotations");
        await CheckAsync("rotateCertificate", "POST", "/certificates/nobody/rotations");
        await CheckAsync("rotateAuthority", "POST", "/authority/rotations");
        await CheckAsync("revokeCertificate", "POST", "/certificates/revocations", $$"""{"serial":"{{FakeCertificateDesk.EchoSerial}}"}""");
        await CheckAsync("revokeCertificate", "POST", "/certificates/revocations", """{"serial":"x"}""");
        await CheckAsync("showRotation", "GET", "/rotations/r1");
        await CheckAsync("showRotation", "GET", "/rotations/r9");
        await CheckAsync("listRotations", "GET", "/rotations?certificate=orders&limit=1");
        await CheckAsync("listRotations", "GET", "/rotations?limit=0");
        await CheckAsync("showCertificates", "GET", "/certificates");
        await CheckAsync("exportTrustBundle", "GET", "/trust-bundle");
        await CheckAsync("listReleases", "GET", "/releases");
        var release = await CheckAsync("addRelease", "POST", "/releases", """{"text":"version: 1"}""");
        await CheckAsync("addRelease", "POST", "/releases", """{"text":"version: 1"}""");
        await CheckAsync("addRelease", "POST", "/releases", """{"text":""}""");
        await CheckAsync("showRelease", "GET", $"/releases/{release!["id"]}");
        await CheckAsync("showRelease", "GET", "/releases/nothing");
        await CheckAsync("activateRelease", "POST", $"/releases/{release["id"]}/activate");
        await CheckAsync("activateRelease", "POST", $"/releases/{release["id"]}/activate", """{"note":""}""");
        await CheckAsync("listReleases", "GET", "/releases?limit=1");
        await CheckAsync("clearRelease", "DELETE", "/releases/current");
        await CheckAsync("clearRelease", "DELETE", "/releases/current");
        await CheckAsync("listReleases", "GET", "/releases?limit=0");
        mesh.IsVaultAway = true;
        await CheckAsync("rotateAuthority", "POST", "/authority/rotations");
        await CheckAsync("explainProblem", "GET", "/problems/no-key");
        await CheckAsync("explainProblem", "GET", "/problems/nothing");
        await CheckAsync("describe", "GET", "/openapi.json");
        server.Tables.IsAway = true;
        await CheckAsync("listKeys", "GET", "/keys");

        Assert.Equal(ManagementEndpoints.Routes.Select(route => route.Name).Order(), seen.Order());

        async Task<JsonNode?> CheckAsync(string operation, string method, string path, string? json = null)
        {
            seen.Add(operation);
            var (response, body) = await server.SendAsync(method, path, json);
            var described = Resolve(Operation(operation)["responses"]![$"{(int)response.StatusCode}"]
                ?? throw new InvalidOperationException($"{operation} does not describe {(int)response.StatusCode}."));
            var content = described["content"]?[response.Content.Headers.ContentType?.MediaType ?? "none"];
            Assert.Equal(body is null, described["content"] is null);
            Assert.Empty(body is null ? [] : JsonShape.Faults(body, content?["schema"] ?? throw new InvalidOperationException($"{operation}: other media type."), Resolve));
            return body;
        }
    }

    [Fact]
    public void Bodies_KnowTheMembersThatTheDescriptionNames()
    {
        AssertMembers("NewConsumer", "name", "plan", "groups");
        AssertMembers("ConsumerChange", "plan", "groups");
        AssertMembers("NewKey", "label", "scopes", "expires", "kind");
        AssertMembers("Rotation", "overlapSeconds");
        AssertMembers("Revocation", "serial");
        AssertMembers("NewRelease", "text");
        AssertMembers("Activation", "note");

        static void AssertMembers(string schema, params string[] members) =>
            Assert.Equal(members.Order(), Document["components"]!["schemas"]![schema]!["properties"]!.AsObject().Select(member => member.Key).Order());
    }

    [Theory]
    [InlineData("""{"consumers":[]}""", 0)]
    [InlineData("""{"consumers":[{"name":"a","plan":null,"groups":[],"suspended":false,"created":"2026-01-01T00:00:00Z"}]}""", 0)]
    [InlineData("""{"consumers":[{"name":1,"plan":null,"groups":[],"suspended":false,"created":"x","more":1}]}""", 3)]
    [InlineData("""{}""", 1)]
    public void JsonShape_FindsWhatIsWrong(string json, int faults) =>
        Assert.Equal(faults, JsonShape.Faults(JsonNode.Parse(json), Document["components"]!["schemas"]!["Consumers"]!, Resolve).Count());

    private static JsonNode Operation(string id) =>
        Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Single(operation => (string)operation.Value!["operationId"]! == id).Value!;

    private static JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference[2..].Split('/').Aggregate(Document, (place, step) => place[step]!) : node;
}
