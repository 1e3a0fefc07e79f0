using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using ControlPlane.Management;

namespace ControlPlane.Tests.Management;

/// <summary>The type of every problem leads to what it means.</summary>
public sealed class ProblemKindTests
{
    [Fact]
    public async Task EveryKind_IsExplainedWithoutTheKey()
    {
        await using var server = await ManagementServer.StartAsync();

        foreach (var kind in ProblemKind.All)
        {
            var page = await server.Anonymous.GetFromJsonAsync<JsonNode>(new Uri(kind.Type, UriKind.Relative), TestContext.Current.CancellationToken);

            Assert.Equal((kind.Type, kind.Title, kind.Status), ((string)page!["type"]!, (string)page["title"]!, (int)page["status"]!));
            Assert.Equal((kind.Meaning, kind.Mend), ((string)page["meaning"]!, (string)page["mend"]!));
        }

        Assert.Equal(0, server.Tables.Calls);
    }

    [Fact]
    public async Task UnknownKind_Is404()
    {
        await using var server = await ManagementServer.StartAsync();

        var response = await server.Anonymous.GetAsync(new Uri("/problems/nothing", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void All_HoldsEveryKindOnce()
    {
        var declared = typeof(ProblemKind).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(ProblemKind));

        Assert.Equal(declared.Select(property => ((ProblemKind)property.GetValue(null)!).Type).Order(), ProblemKind.All.Select(kind => kind.Type).Order());
        Assert.Equal(ProblemKind.All.Count, ProblemKind.All.DistinctBy(kind => kind.Type).Count());
    }

    [Theory]
    [InlineData(RefusalReason.Invalid, "/problems/invalid", 400)]
    [InlineData(RefusalReason.NoConsumer, "/problems/no-consumer", 404)]
    [InlineData(RefusalReason.NoKey, "/problems/no-key", 404)]
    [InlineData(RefusalReason.NoLimitState, "/problems/no-limit-state", 404)]
    [InlineData(RefusalReason.NoMesh, "/problems/no-mesh", 404)]
    [InlineData(RefusalReason.NoWorkload, "/problems/no-workload", 404)]
    [InlineData(RefusalReason.NoCertificate, "/problems/no-certificate", 404)]
    [InlineData(RefusalReason.NoRotation, "/problems/no-rotation", 404)]
    [InlineData(RefusalReason.MeshNotBegun, "/problems/mesh-not-begun", 503)]
    [InlineData(RefusalReason.ConsumerExists, "/problems/consumer-exists", 409)]
    [InlineData(RefusalReason.TooManyKeys, "/problems/too-many-keys", 409)]
    [InlineData(RefusalReason.KeyEnded, "/problems/key-ended", 409)]
    [InlineData(RefusalReason.Contended, "/problems/contended", 409)]
    public void Refusal_OfEachReason_IsItsKind(RefusalReason reason, string type, int status)
    {
        var problem = Problem.Of(new Refusal(reason, "why"));

        Assert.Equal((type, status, "why"), (problem.Type, problem.Status, problem.Detail));
    }
}
