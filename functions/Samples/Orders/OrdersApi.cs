using System.Security.Cryptography;
using Mesh.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Samples.Orders;

/// <summary>The Orders sample: a small REST backend with its data in Table storage.</summary>
public static class OrdersApi
{
    private static readonly string[] ReadMethods = ["GET", "HEAD"];

    /// <summary>Registers what the endpoints need; the host registers a TableServiceClient.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services) => services.AddSingleton<OrderStore>();

    /// <summary>Creates the table and, the first time, a few orders.</summary>
    public static Task SeedAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<OrderStore>().SeedAsync(cancellation);

    /// <summary>GET /orders[?customer=], GET /orders/{id}, POST /orders.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var orders = endpoints.MapGroup("/orders").RequireMeshCaller("gateway").AddEndpointFilter(StorageAway.AnswerAsync);
        orders.MapMethods("", ReadMethods, async (string? customer, OrderStore store, CancellationToken cancellation) =>
            TypedResults.Ok(new { orders = await store.ListAsync(customer, cancellation) }));

        orders.MapMethods("/{id}", ReadMethods, async (string id, OrderStore store, CancellationToken cancellation) =>
            await store.FindAsync(id, cancellation) is { } order
                ? Results.Ok(order)
                : Results.NotFound(new { error = $"There is no order {id}." }));

        orders.MapPost("", CreateAsync);
    }

    private static async Task<IResult> CreateAsync(NewOrder wanted, OrderStore store, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(wanted.Customer) || string.IsNullOrWhiteSpace(wanted.Item) || wanted.Quantity < 1)
        {
            return Results.BadRequest(new { error = "An order has a customer, an item and a quantity of at least 1." });
        }

        while (true)
        {
            var order = new Order($"o-{RandomNumberGenerator.GetHexString(8, lowercase: true)}", wanted.Customer, wanted.Item, wanted.Quantity, wanted.Price);
            if (await store.AddAsync(order, cancellation))
            {
                return Results.Created($"/orders/{order.Id}", order);
            }
        }
    }
}
