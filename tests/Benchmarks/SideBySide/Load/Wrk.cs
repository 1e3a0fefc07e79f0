using System.Globalization;
using Benchmarks.SideBySide.Processes;

namespace Benchmarks.SideBySide.Load;

/// <summary>wrk on the way: one thread, 32 connections that are kept, as many requests as are answered.</summary>
internal sealed class Wrk : IAsyncDisposable
{
    // At most so many were sent and not counted.
    private const int UnderWay = 32;

    private readonly Child _child;
    private readonly Work _work;
    private readonly HeaderFile? _headers;

    private Wrk(Child child, Work work, HeaderFile? headers) => (_child, _work, _headers) = (child, work, headers);

    /// <param name="headers">Null: the work needs none.</param>
    public static Wrk Start(Work work, int port, HeaderFile? headers, double seconds)
    {
        string[] rotation = headers is null ? [] : ["-s", Path.Combine(AppContext.BaseDirectory, "SideBySide", "Load", "rotate.lua")];
        string[] arguments = headers is null ? [] : ["--", headers.Path, $"{headers.Used}"];
        var duration = string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0}s");
        return new(Child.Start("wrk", new("wrk", ["-t1", "-c32", "-d", duration, .. rotation, $"http://127.0.0.1:{port}{work.Path}", .. arguments]), Core.Rest), work, headers);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<WrkResult> EndAsync(CancellationToken cancellation)
    {
        await _child.EndAsync(cancellation);
        var result = WrkResult.Parse(_child.Said, $"Work {_work.Name}");
        _headers?.Use(result.Requests + UnderWay);
        return result;
    }

    /// <summary>Ends it before its time.</summary>
    public Task<WrkResult> StopAsync(CancellationToken cancellation)
    {
        _child.Signal("INT");
        return EndAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();
}
