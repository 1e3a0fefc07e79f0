using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Requests;

/// <summary>A response whose OnStarting callbacks a test runs itself, last registered first, as servers do.</summary>
internal sealed class StartedResponse : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _callbacks = new();

    public override void OnStarting(Func<object, Task> callback, object state) => _callbacks.Push((callback, state));

    public static (HttpContext Context, StartedResponse Response) Create()
    {
        var context = new DefaultHttpContext();
        var response = new StartedResponse();
        context.Features.Set<IHttpResponseFeature>(response);
        context.Features.Set(new GatewayRequest { Id = "1" });
        return (context, response);
    }

    public async Task StartAsync()
    {
        while (_callbacks.TryPop(out var one))
        {
            await one.Callback(one.State);
        }
    }
}
