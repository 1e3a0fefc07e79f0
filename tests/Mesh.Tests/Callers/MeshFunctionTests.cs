using Mesh.Callers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Mesh.Tests.Callers;

public sealed class MeshFunctionTests
{
    // A Functions worker waits for each request that its host announces: one that is answered before its function would be missed.
    [Fact]
    public void AddMeshFunction_AnswersNothingBeforeTheFunction()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());

        builder.AddMeshFunction();

        Assert.DoesNotContain(builder.Services, service => service.ServiceType == typeof(IStartupFilter));
        Assert.Contains(builder.Services, service => service.ServiceType == typeof(MeshCallers));
    }

    [Fact]
    public void AddMesh_JudgesBeforeTheApp()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());

        builder.AddMesh();

        Assert.Contains(builder.Services, service => service.ServiceType == typeof(IStartupFilter));
    }
}
