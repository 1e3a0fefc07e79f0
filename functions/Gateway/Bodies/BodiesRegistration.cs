using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Bodies;

/// <summary>What bodies need from the container.</summary>
internal static class BodiesRegistration
{
    public static IServiceCollection AddBodies(this IServiceCollection services) => services.AddSingleton<BodyStage>();
}
