using Exporters;
using Gateway.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddGatewayFunction(builder.Configuration);
builder.AddExporters("gateway")?.UseFunctionsWorkerDefaults();

await builder.Build().RunAsync();
