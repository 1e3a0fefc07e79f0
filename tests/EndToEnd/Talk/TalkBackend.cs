using Grpc.Core;

namespace EndToEnd.Talk;

/// <summary>A gRPC service behind the gateway.</summary>
internal sealed class TalkBackend : Talk.TalkBase
{
    public override Task<Reply> Greet(Greeting request, ServerCallContext context)
    {
        context.ResponseTrailers.Add("x-after", "the message");
        return Task.FromResult(new Reply { Text = $"Hello {request.Name}" });
    }

    public override async Task Count(Greeting request, IServerStreamWriter<Reply> responseStream, ServerCallContext context)
    {
        for (var i = 1; i <= 3; i++)
        {
            await responseStream.WriteAsync(new Reply { Text = $"{request.Name} {i}" });
        }
    }

    // Each answer follows its question, so that a client that waits for it sees whether anything is held back.
    public override async Task Chat(IAsyncStreamReader<Greeting> requestStream, IServerStreamWriter<Reply> responseStream, ServerCallContext context)
    {
        await foreach (var greeting in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new Reply { Text = $"Hello {greeting.Name}" });
        }
    }

    public override Task<Reply> Refuse(Greeting request, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.FailedPrecondition, "not today"));
}
