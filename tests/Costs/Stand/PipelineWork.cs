using Gateway.Tests.Authentication.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Costs.Stand;

/// <summary>Requests to one route of a stand, one after the other, as one connection carries them.</summary>
/// <param name="stand">The gateway.</param>
/// <param name="path">The path of all of them.</param>
/// <param name="callers">The header fields of each caller; they come in turn.</param>
internal sealed class PipelineWork(GatewayStand stand, string path, (string Name, StringValues Values)[][] callers) : IDisposable
{
    private const int AnswerLength = 1024;

    private readonly ReusedContext _connection = new();
    private int _next;

    /// <summary>What the response of the last request saw.</summary>
    public DroppedResponse Response => _connection.Response;

    /// <summary>Anonymous.</summary>
    public static PipelineWork Open(GatewayStand stand) => new(stand, "/open/17", [Fields.OfAProgram()]);

    /// <summary>With API keys.</summary>
    public static PipelineWork Keyed(GatewayStand stand) =>
        new(stand, "/keyed/17", [.. Credentials.Keys(stand).Select(static key => Fields.OfAProgram(("X-Api-Key", key)))]);

    /// <summary>With tokens.</summary>
    public static PipelineWork Signed(GatewayStand stand, TestKey key, string algorithm) =>
        new(stand, "/signed/17", [.. Credentials.Tokens(stand, key, algorithm).Select(static token => Fields.OfAProgram(("Authorization", "Bearer " + token)))]);

    /// <summary>The next request.</summary>
    public void Run()
    {
        _next = (_next + 1) % callers.Length;
        Completed.Now(stand.Pipeline(_connection.Begin(path, callers[_next])));
        if (Response is not { StatusCode: StatusCodes.Status200OK, Length: AnswerLength })
        {
            throw new InvalidOperationException($"Answered {Response.StatusCode} with {Response.Length} bytes.");
        }
    }

    public void Dispose() => _connection.Dispose();
}
