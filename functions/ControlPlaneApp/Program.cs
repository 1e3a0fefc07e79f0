using ControlPlane.Hosting;
using ControlPlaneApp;
using Exporters;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddControlPlaneFunction(builder.Configuration).AddSingleton<RunningRotations>();
builder.AddExporters("control-plane")?.UseFunctionsWorkerDefaults();

await builder.Build().RunAsync();
