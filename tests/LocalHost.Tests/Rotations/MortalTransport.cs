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
        var changes = message.Request.Method != RequestMethod.Get && !message.Request.Uri.Path.EndsWith("/sign", StringComparison.Ordinal);
        mortality.Pass(changes);
        await transport.ProcessAsync(message);
        mortality.Pass(changes);
    }
}
