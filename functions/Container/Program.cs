using System.Globalization;
using Exporters;
using Gateway;
using Gateway.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

var builder = WebApplication.CreateSlimBuilder(args);
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
builder.Services.AddFrontDoor(builder.Configuration);
builder.AddExporters("gateway");

var app = builder.Build();
app.Run(GatewayPipeline.Build(app.Services));
await app.RunAsync();
