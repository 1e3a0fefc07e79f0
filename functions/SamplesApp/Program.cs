using Exporters;
using Mesh;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;
using Samples;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddMeshFunction();
builder.Services.AddSampleFunction(builder.Configuration);
builder.AddExporters("samples")?.UseFunctionsWorkerDefaults();

await builder.Build().RunAsync();
