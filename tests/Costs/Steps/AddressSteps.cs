using Costs.Stand;
using Gateway.Addresses;
using Gateway.Requests;

namespace Costs.Steps;

/// <summary>Who the client is, where no proxy is trusted.</summary>
internal static class AddressSteps
{
    public static IReadOnlyList<Step> All { get; } = [new("client address, without proxies", Direct)];

    private static PreparedStep Direct()
    {
        var reused = new ReusedContext();
        var context = reused.Begin("/open/17", Fields.OfAProgram(), new GatewayRequest { Id = "1" });
        var addresses = new ClientAddressMiddleware(static _ => Task.CompletedTask, []);
        return new(() => Completed.Now(addresses.InvokeAsync(context)), reused);
    }
}
