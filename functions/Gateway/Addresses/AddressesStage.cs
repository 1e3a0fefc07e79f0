using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Addresses;

/// <summary>Lets client addresses in or refuses them. Deny wins; an allow list refuses the rest.</summary>
internal sealed class AddressesStage : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        var allow = new AddressSet(route.Addresses?.Allow ?? []);
        var deny = new AddressSet(route.Addresses?.Deny ?? []);
        if (allow.IsEmpty && deny.IsEmpty)
        {
            return next;
        }

        return context =>
        {
            var address = context.Gateway().ClientAddress;
            var isIn = !deny.Contains(address) && (allow.IsEmpty || allow.Contains(address));
            return isIn ? next(context) : context.Refuse(GatewayError.AddressNotAllowed, $"The address {address} may not call this route.");
        };
    }
}
