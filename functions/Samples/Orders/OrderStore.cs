using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Samples.Orders;

/// <summary>Orders in Table storage: the backend has state of its own, which the gateway knows nothing of.</summary>
internal sealed class OrderStore(TableServiceClient tables)
{
    private const string Partition = "orders";

    private static readonly Order[] Seed =
    [
        new("o-1001", "ada", "analytical engine, brass", 1, 1830.00m),
        new("o-1002", "ada", "punched cards, box of 500", 3, 12.50m),
        new("o-1003", "grace", "compiler, first edition", 1, 520.00m),
        new("o-1004", "edsger", "shortest path, laminated", 2, 19.56m),
    ];

    private readonly TableClient _table = tables.GetTableClient("orders");

    /// <summary>Creates the table and, the first time, the orders in it.</summary>
    public async Task SeedAsync(CancellationToken cancellation)
    {
        await _table.CreateIfNotExistsAsync(cancellation);
        await foreach (var _ in _table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellation))
        {
            return;
        }

        await _table.SubmitTransactionAsync(Seed.Select(order => new TableTransactionAction(TableTransactionActionType.UpsertReplace, ToEntity(order))), cancellation);
    }

    public async Task<IReadOnlyList<Order>> ListAsync(string? customer, CancellationToken cancellation)
    {
        var filter = customer is null ? null : TableClient.CreateQueryFilter($"customer eq {customer}");
        var found = new List<Order>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            found.Add(ToOrder(entity));
        }

        return found;
    }

    public async Task<Order?> FindAsync(string id, CancellationToken cancellation)
    {
        // These four and control characters are forbidden in a RowKey, so that no order can have such an id.
        if (id.AsSpan().IndexOfAny("/\\#?") >= 0 || id.Any(char.IsControl))
        {
            return null;
        }

        var answer = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellation);
        return answer.HasValue ? ToOrder(answer.Value!) : null;
    }

    /// <summary>Adds an order; false when the id is taken.</summary>
    public async Task<bool> AddAsync(Order order, CancellationToken cancellation)
    {
        try
        {
            await _table.AddEntityAsync(ToEntity(order), cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    private static TableEntity ToEntity(Order order) => new(Partition, order.Id)
    {
        ["customer"] = order.Customer,
        ["item"] = order.Item,
        ["quantity"] = order.Quantity,
        ["price"] = order.Price.ToString(CultureInfo.InvariantCulture),
    };

    private static Order ToOrder(TableEntity entity) => new(
        entity.RowKey,
        entity.GetString("customer"),
        entity.GetString("item"),
        entity.GetInt32("quantity") ?? 0,
        decimal.Parse(entity.GetString("price"), CultureInfo.InvariantCulture));
}
