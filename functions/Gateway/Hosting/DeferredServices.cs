using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Hosting;

/// <summary>What starts with the first request, in order.</summary>
internal sealed record DeferredServices(IReadOnlyList<DeferredService> All);

/// <summary>A service that starts with the first request.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Make">Makes it.</param>
internal sealed record DeferredService(Type Type, Func<IServiceProvider, IHostedService> Make)
{
    /// <summary>Null: the registration does not tell what it makes.</summary>
    public static DeferredService? Of(ServiceDescriptor registered) => registered switch
    {
        { IsKeyedService: true } => null,
        { ImplementationType: { } type } => new(type, provider => (IHostedService)ActivatorUtilities.CreateInstance(provider, type)),
        { ImplementationFactory: { } factory } => new(factory.GetType().GenericTypeArguments[1], provider => (IHostedService)factory(provider)),
        _ => null,
    };
}
