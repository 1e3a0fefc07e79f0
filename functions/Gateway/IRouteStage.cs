using Microsoft.AspNetCore.Http;

namespace Gateway;

/// <summary>One step on the way of a request, compiled once for each route when a configuration is loaded.</summary>
internal interface IRouteStage
{
    /// <summary>
    /// Puts this step before <paramref name="next"/>, or returns <paramref name="next"/> untouched when the route has no use for it,
    /// so that a step that is not used costs nothing. State that must outlive a reload belongs to the stage, not to the delegate.
    /// </summary>
    RequestDelegate Compile(EffectiveRoute route, RequestDelegate next);
}
