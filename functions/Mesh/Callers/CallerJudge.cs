using Mesh.Canaries;
using Mesh.Telemetry;
using Mesh.Trust;
using Mesh.Verification;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Mesh.Callers;

/// <summary>Finds out who made a request, and whether a policy lets them in.</summary>
internal sealed class CallerJudge(ITrust trust, LeafVerifier verifier, MeshCallerOptions options, MeshMetrics metrics, TimeProvider time)
{
    private const string Plain = "plain";
    private const string Unknown = "unknown";

    private readonly MeshCallerSource _source = options.Source ?? MeshCallerOptions.SourceIn(Environment.GetEnvironmentVariable);

    /// <summary>Judges the certificate once for each request, and leaves what was found in the request's features.</summary>
    public CallerState Identify(HttpContext context)
    {
        if (context.Features.Get<CallerState>() is { } known)
        {
            return known;
        }

        var state = Read(context);
        context.Features.Set(state);
        context.Features.Set<IMeshCaller>(state.Caller);
        return state;
    }

    /// <summary>Why this policy does not let the caller in. Null: it does.</summary>
    public MeshRefusal? RefusalOf(CallerState state, CallerPolicy policy) =>
        state.Refusal is { } refusal ? refusal
        : policy.TakesPlain ? null
        : state.Caller is { } caller ? policy.Takes(caller.Id) ? null : MeshRefusal.WrongService
        : options.Mode == MeshMode.Permissive ? null
        : state.HadForgedHeader ? MeshRefusal.ForgedHeader
        : MeshRefusal.NoCertificate;

    /// <summary>Answers a request that is not let in, and counts it.</summary>
    public Task RefuseAsync(HttpContext context, CallerState state, MeshRefusal refusal)
    {
        Count(state, refusal.Describe().Slug);
        if (_source == MeshCallerSource.Tls && refusal.Describe().Status == StatusCodes.Status401Unauthorized)
        {
            // Nothing better comes over a connection with this certificate. Connections of a front end are shared by callers.
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        return CallerProblem.WriteAsync(context, refusal, refusal == state.Refusal ? state.Detail : null);
    }

    /// <summary>Tells a caller that asks for it whether its certificate is taken.</summary>
    public Task AnswerCanaryAsync(HttpContext context, CallerState state)
    {
        // Permissiveness is for calls, not for proofs.
        if ((RefusalOf(state, CallerPolicy.AnyWorkload) ?? (state.Caller is null ? MeshRefusal.NoCertificate : null)) is { } refusal)
        {
            return RefuseAsync(context, state, refusal);
        }

        CountAdmitted(state, CallerPolicy.AnyWorkload);
        MeshEndpoint.Answer(context);
        return Task.CompletedTask;
    }

    /// <summary>Counts a request that was let in.</summary>
    public void CountAdmitted(CallerState state, CallerPolicy policy) =>
        // Plain calls that an endpoint is open to are no reason against strictness; those that permissiveness lets in are.
        Count(state, state.Caller is not null ? "accepted" : policy.TakesPlain ? "exempt" : "permitted");

    private void Count(CallerState state, string outcome)
    {
        if (!state.IsCounted)
        {
            state.IsCounted = true;
            metrics.Called(state.Label, outcome);
        }
    }

    private CallerState Read(HttpContext context)
    {
        var certificate = CallerCertificate.Take(context, _source, out var hadForgedHeader);
        if (hadForgedHeader)
        {
            metrics.HeaderForged();
        }

        if (certificate is not { } bytes)
        {
            return new() { Label = Plain, HadForgedHeader = hadForgedHeader };
        }

        var verdict = verifier.Verify(bytes.Span, trust.View, time.GetUtcNow());
        return new()
        {
            Caller = verdict is { Refusal: null, Proof: { } proof } ? new(proof.Id, proof.Serial) : null,
            Refusal = verdict.Refusal,
            Detail = verdict.Detail,
            Label = verdict.Proof?.Id.Service ?? Unknown,
        };
    }
}
