using LocalHost.Hosts;
using Mesh;
using Mesh.Callers;
using Mesh.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LocalHost.Tests.Rotations;

/// <summary>Two real members of the mesh, in the clock's own time: orders serves, and echo calls it.</summary>
internal sealed class MemberWorld : IAsyncDisposable
{
    private readonly LocalServer _orders;
    private readonly LocalServer _echo;

    private MemberWorld(LocalServer orders, LocalServer echo) => (_orders, _echo) = (orders, echo);

    public static async Task<MemberWorld> StartAsync(RotationStores stores)
    {
        var orders = await LocalServer.StartAsync(
            new("orders", [new(0) { IsMesh = true }]),
            stores.Local,
            services => Join(services, stores, new() { Service = RotationStores.Orders, TrustDomain = ControlPlaneLife.TrustDomain, Serves = true }),
            app => app.MapGet("/", (HttpContext context) => $"{context.MeshCaller()!.Id.Service}"),
            RotationStores.Cancellation);
        await orders.Services.GetRequiredService<MeshReady>().WaitAsync(RotationStores.Cancellation);
        var options = new MeshOptions
        {
            Service = RotationStores.Echo,
            TrustDomain = ControlPlaneLife.TrustDomain,
            Callers = null,
            Services = new Dictionary<string, Uri> { [RotationStores.Orders] = orders.Addresses[0] },
        };
        var echo = await LocalServer.StartAsync(
            new("echo", [new(0)]),
            stores.Local,
            services => Join(services, stores, options).AddHttpClient("orders").UseMesh(RotationStores.Orders),
            _ => { },
            RotationStores.Cancellation);
        await echo.Services.GetRequiredService<MeshReady>().WaitAsync(RotationStores.Cancellation);
        return new(orders, echo);
    }

    /// <summary>A call from echo to orders: whom orders saw.</summary>
    public Task<string> CallAsync() => _echo.Services.GetRequiredService<IHttpClientFactory>().CreateClient("orders").GetStringAsync("/", RotationStores.Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _echo.DisposeAsync();
        await _orders.DisposeAsync();
    }

    private static IServiceCollection Join(IServiceCollection services, RotationStores stores, MeshOptions options) => services
        .AddKeyedSingleton(MeshServices.ClientKey, stores.Tables())
        .AddKeyedSingleton(MeshServices.ClientKey, stores.As(options.Service).Secrets(stores.Vault(options.Service).Address, client => client.Retry.MaxRetries = 0))
        .AddMesh(options);
}
