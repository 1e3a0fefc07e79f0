using System.Globalization;
using Container;
using Exporters;
using Exporters.Lines;
using Gateway;
using Gateway.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

InlineCompletions.Prefer();
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = InlineCompletions.Preferred);
builder.WebHost.ConfigureKestrel((context, server) =>
{
    server.AddServerHeader = false;
    server.ListenAnyIP(Port("PORT", 8080), listener => listener.Protocols = HttpProtocols.Http1);
    // gRPC cannot share a cleartext port with HTTP/1.1.
    server.ListenAnyIP(Port("HTTP2_PORT", 8081), listener => listener.Protocols = HttpProtocols.Http2);

    int Port(string name, int otherwise) => context.Configuration[name] is { Length: > 0 } port ? int.Parse(port, CultureInfo.InvariantCulture) : otherwise;
});
// They would write whole urls; the gateway has a line of its own for each request.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
// What the forwarder tells of each call, the access line says too.
builder.Logging.AddFilter("Yarp", LogLevel.Error);
// It would begin a trace and a scope of its own for each request, which nobody reads.
builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
builder.Logging.AddLines(builder.Configuration);
builder.Services.AddFrontDoor(builder.Configuration);
builder.AddExporters("gateway");

var app = builder.Build();
app.Run(GatewayPipeline.Build(app.Services));
await app.RunAsync();
