using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ControlPlane.Access;
using ControlPlane.Certificates;
using ControlPlane.Management;
using ControlPlane.Releases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Records;
using Tests.Shared;

namespace ControlPlane.Tests.Management;

/// <summary>The management API over a real socket, its storage in memory.</summary>
internal sealed class ManagementServer : IAsyncDisposable
{
    public const string Key = "manage-key-canary-0123456789";

    private readonly WebApplication _app;

    private ManagementServer(WebApplication app, FakeTables tables, FakeTimeProvider time, LogLines log)
    {
        (_app, Tables, Time, Log) = (app, tables, time, log);
        Anonymous = new() { BaseAddress = new(app.Urls.First()) };
        Client = new() { BaseAddress = Anonymous.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };
    }

    public FakeTables Tables { get; }

    public FakeTimeProvider Time { get; }

    public LogLines Log { get; }

    public MemoryReleases Releases { get; private init; } = null!;

    public HttpClient Client { get; }

    public HttpClient Anonymous { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="mesh">Who does the work on certificates; null: what the control plane comes with.</param>
    /// <param name="credentials">Taken beside the manage key.</param>
    public static async Task<ManagementServer> StartAsync(Func<TimeProvider, ICertificateDesk>? mesh = null, params IManageCredential[] credentials)
    {
        var (tables, time, log) = (new FakeTables(), new FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), new LogLines());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TableServiceClient>(tables);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IPepperSource>(new FixedPeppers(new(new(1, new byte[32]))));
        var releases = new MemoryReleases(time);
        builder.Services.AddSingleton<IReleaseStore>(releases);
        builder.Services.AddControlPlane(new() { ManageKey = Key });
        foreach (var credential in credentials)
        {
            builder.Services.AddSingleton(credential);
        }

        if (mesh is not null)
        {
            builder.Services.AddSingleton(mesh(time));
        }

        var app = builder.Build();
        app.MapManagement();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, tables, time, log) { Releases = releases };
    }

    public async Task<(HttpResponseMessage Response, JsonNode? Body)> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (json is not null)
        {
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        }

        var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = response.Content.Headers.ContentLength > 0 ? await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken) : null;
        return (response, body);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        await _app.DisposeAsync();
    }
}
