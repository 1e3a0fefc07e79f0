using System.Globalization;
using System.Text.RegularExpressions;
using Benchmarks.SideBySide.Processes;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>What all proxies call: nginx, one worker, an answer of 1 KiB, with and without mutual TLS.</summary>
internal sealed partial class Backend(int port, int tlsPort) : IAsyncDisposable
{
    private static readonly string _answer = new('x', 1024);

    private readonly HttpClient _client = new() { BaseAddress = new($"http://127.0.0.1:{port}") };

    private Child? _nginx;

    public int Port => port;

    public int TlsPort => tlsPort;

    public async Task StartAsync(string folder, MeshPapers papers, CancellationToken cancellation)
    {
        var config = Path.Combine(folder, "backend.conf");
        await File.WriteAllTextAsync(config, Config(folder, papers), cancellation);
        _nginx = Child.Start("the backend", Nginx.Command(folder, config), Core.Rest);
        await Waiting.UntilAsync(IsUpAsync, "the backend answers", _nginx, cancellation);
    }

    /// <summary>How many requests it has served, this question included.</summary>
    public async Task<long> CountAsync(CancellationToken cancellation) =>
        long.Parse(Counts().Match(await _client.GetStringAsync("/status", cancellation)).Groups[1].Value, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_nginx is not null)
        {
            await _nginx.DisposeAsync();
        }
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            return (await _client.GetStringAsync("/")).Length == _answer.Length;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Config(string folder, MeshPapers papers) => $$"""
        {{Nginx.Preamble(folder, "backend")}}
        http {
          {{Nginx.Temporary(folder)}}
          access_log off;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          default_type text/plain;
          server {
            listen 127.0.0.1:{{port}};
            location = /status { stub_status; }
            location / { return 200 "{{_answer}}"; }
          }
          server {
            listen 127.0.0.1:{{tlsPort}} ssl;
            ssl_certificate {{papers.Leaf}};
            ssl_certificate_key {{papers.Leaf}};
            ssl_client_certificate {{papers.Roots}};
            ssl_verify_client on;
            location / { return 200 "{{_answer}}"; }
          }
        }
        """;

    // accepts handled requests, below their names.
    [GeneratedRegex(@"requests\s+\d+ \d+ (\d+)")]
    private static partial Regex Counts();
}
