namespace Costs.Steps;

/// <summary>Everything that is measured, in the order in which a request comes to it. The whole pipelines stand last.</summary>
internal static class RequestSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        .. TelemetrySteps.All,
        .. HygieneSteps.All,
        .. RoutingSteps.All,
        .. KeySteps.All,
        .. TokenSteps.All,
        .. LimitSteps.All,
        .. ForwardingSteps.All,
        .. PipelineSteps.All,
    ];
}
