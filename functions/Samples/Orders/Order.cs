namespace Samples.Orders;

/// <summary>An order, as clients see it.</summary>
public sealed record Order(string Id, string Customer, string Item, int Quantity, decimal Price);

/// <summary>What a client sends to place an order.</summary>
public sealed record NewOrder(string? Customer, string? Item, int Quantity, decimal Price);
