using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Addresses;

/// <summary>What addresses need from the container.</summary>
internal static class AddressesRegistration
{
    public static IServiceCollection AddAddresses(this IServiceCollection services) => services.AddSingleton<AddressesStage>();
}
