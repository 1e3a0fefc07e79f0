using Mesh.Canaries;
using Microsoft.AspNetCore.Http;

namespace Mesh.Callers;

/// <summary>The judgement of callers for hosts without a pipeline of their own, such as a function.</summary>
public sealed class MeshCallers
{
    private readonly CallerJudge _judge;

    internal MeshCallers(CallerJudge judge) => _judge = judge;

    /// <summary>True: go on, the caller is <see cref="MeshCallerExtensions.MeshCaller"/>. False: the request is answered.</summary>
    /// <param name="services">Who is let in. Empty: every service of the mesh.</param>
    public async Task<bool> JudgeAsync(HttpContext context, params string[] services)
    {
        var policy = CallerPolicy.For(services);
        var state = _judge.Identify(context);
        if (MeshEndpoint.Is(context))
        {
            await _judge.AnswerCanaryAsync(context, state);
            return false;
        }

        if (_judge.RefusalOf(state, policy) is { } refusal)
        {
            await _judge.RefuseAsync(context, state, refusal);
            return false;
        }

        _judge.CountAdmitted(state, policy);
        return true;
    }
}
