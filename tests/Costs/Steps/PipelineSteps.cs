using Costs.Stand;
using Gateway.Tests.Authentication.Jwt;

namespace Costs.Steps;

/// <summary>The whole way of a request, from the server's hands and back into them.</summary>
internal static class PipelineSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("pipeline A: forward", static () => Work(PipelineWork.Open)),
        new("pipeline B: API key, exact limit, forward", static () => Work(PipelineWork.Keyed)),
        new("pipeline C: remembered token, exact limit, forward", static () => Work(stand => PipelineWork.Signed(stand, TestKey.Rsa, "RS256"))),
        new("pipeline B, traced and measured", static () => Work(PipelineWork.Keyed, new Listeners())),
    ];

    private static PreparedStep Work(Func<GatewayStand, PipelineWork> create, params IDisposable[] held)
    {
        var stand = new GatewayStand();
        var work = create(stand);
        return new(work.Run, [work, stand, .. held]);
    }
}
