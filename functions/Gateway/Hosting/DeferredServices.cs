namespace Gateway.Hosting;

/// <summary>What starts with the first request, in order.</summary>
internal sealed record DeferredServices(IReadOnlyList<Type> Types);
