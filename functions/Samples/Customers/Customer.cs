namespace Samples.Customers;

/// <summary>A customer, as clients see it.</summary>
public sealed record Customer(string Id, string Name, string Tier, string City);
