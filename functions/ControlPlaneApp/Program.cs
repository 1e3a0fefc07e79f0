using ControlPlane.Hosting;
using Exporters;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddControlPlaneFunction(builder.Configuration);
builder.AddExporters("control-plane")?.UseFunctionsWorkerDefaults();

await builder.Build().RunAsync();
