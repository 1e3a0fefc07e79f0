using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Callers;

/// <summary>Stands where routing puts the endpoint that it chose, and puts a refusal there if the endpoint does not take this caller.</summary>
// So it is sure to be asked wherever the app routes, and before caches, CORS and the like act for the endpoint.
internal sealed class GuardedEndpoint(CallerState state, CallerRules rules, CallerJudge judge) : IEndpointFeature
{
    private Endpoint? _endpoint;

    public Endpoint? Endpoint
    {
        get => _endpoint;
        set => _endpoint = value is null || judge.RefusalOf(state, rules.For(value)) is not { } refusal
            ? value
            : new(context => judge.RefuseAsync(context, state, refusal), EndpointMetadataCollection.Empty, "Caller not let in");
    }
}
