using System.Diagnostics;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace YarpPeer;

/// <summary>YARP's forwarder and nothing else: what a proxy of .NET costs at least.</summary>
internal static class BareForwarder
{
    public static WebApplication Build(WebApplicationBuilder builder, PeerSettings settings)
    {
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var (plain, mutual) = (Handler(), Handler());
        MutualTls.Apply(mutual, settings);
        var (plainClient, mutualClient) = (new HttpMessageInvoker(plain), new HttpMessageInvoker(mutual));
        app.Run(async context => await (context.Request.Path == "/d"
            ? forwarder.SendAsync(context, settings.TlsBackend, mutualClient)
            : forwarder.SendAsync(context, settings.Backend, plainClient)));
        return app;
    }

    // As YARP's documentation has it.
    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    };
}
