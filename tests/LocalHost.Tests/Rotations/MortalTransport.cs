using Azure.Core;
using Azure.Core.Pipeline;

namespace LocalHost.Tests.Rotations;

/// <summary>The way to storage and vaults of a process that may die. A dead one sends nothing and hears nothing.</summary>
internal sealed class MortalTransport(HttpPipelineTransport transport, Mortality mortality) : HttpPipelineTransport
{
    public override Request CreateRequest() => transport.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var isChange = IsChange(message.Request);
        mortality.Pass(isChange);
        await transport.ProcessAsync(message);
        mortality.Pass(isChange);
    }

    // Without a token it is only asked which token is wanted.
    private static bool IsChange(Request request) =>
        request.Method != RequestMethod.Get && request.Headers.Contains("Authorization") && !request.Uri.Path.EndsWith("/sign", StringComparison.Ordinal);
}
