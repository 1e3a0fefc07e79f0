using Mesh.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Samples.Customers;

/// <summary>The Customers sample: fixed data, no storage.</summary>
public static class CustomersApi
{
    private static readonly string[] ReadMethods = ["GET", "HEAD"];

    private static readonly Dictionary<string, Customer> All = new Customer[]
    {
        new("ada", "Ada Lovelace", "gold", "London"),
        new("grace", "Grace Hopper", "gold", "New York"),
        new("edsger", "Edsger Dijkstra", "basic", "Nuenen"),
    }.ToDictionary(customer => customer.Id, StringComparer.Ordinal);

    /// <summary>GET /customers/{id} and GET /customers/{id}/loyalty, which only gold customers have.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var customers = endpoints.MapGroup("/customers").RequireMeshCaller("gateway");
        customers.MapMethods("/{id}", ReadMethods, (string id) => All.TryGetValue(id, out var customer)
            ? Results.Ok(customer)
            : Results.NotFound(new { error = $"There is no customer {id}." }));

        customers.MapMethods("/{id}/loyalty", ReadMethods, (string id) => All.TryGetValue(id, out var customer) && customer.Tier == "gold"
            ? Results.Ok(new { points = 100 * id.Length, since = 1843 })
            : Results.NotFound(new { error = $"Customer {id} has no loyalty card." }));
    }
}
