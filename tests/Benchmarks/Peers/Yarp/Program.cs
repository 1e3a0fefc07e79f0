using YarpPeer;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(static server => server.AddServerHeader = false);
// As the template of ASP.NET Core has it for Production; no line for each request.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning);
var settings = builder.Configuration.Get<PeerSettings>() ?? throw new InvalidOperationException("There are no settings.");

await (settings.Bare ? BareForwarder.Build(builder, settings) : Pipeline.Build(builder, settings)).RunAsync();
