using System.Diagnostics;

namespace Benchmarks.SideBySide.Load;

/// <summary>
/// Requests at a fixed rate, whatever the answers do. Each connection has its own share of one schedule; one that is late sends at once, and its latency is
/// counted from the instant at which it should have sent: what waits behind a slow answer is not left out (no coordinated omission).
/// </summary>
internal static class OpenLoop
{
    public const int PerSecond = 1_500;

    private const int Connections = 64;
    private const int UnmeasuredSeconds = 1;

    /// <param name="headers">Null: requests have no header field of their own.</param>
    public static Task<Latency> MeasureAsync(int port, string path, HeaderFile? headers, int seconds, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var requests = KeptConnection.Requests(path, headers is null ? [] : File.ReadLines(headers.Path));
            var start = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 10;
            var latencies = Enumerable.Range(0, Connections).Select(_ => new List<double>()).ToArray();
            Exception? failure = null;
            var threads = Enumerable.Range(0, Connections).Select(number => new Thread(() =>
            {
                try
                {
                    using var connection = new KeptConnection(port);
                    Send(connection, requests, number, start, seconds, latencies[number], cancellation);
                }
                catch (Exception broken)
                {
                    Interlocked.CompareExchange(ref failure, broken, null);
                }
            })
            { IsBackground = true }).ToList();
            threads.ForEach(static thread => thread.Start());
            threads.ForEach(static thread => thread.Join());
            return failure is null ? Latency.Of(latencies.SelectMany(static one => one)) : throw new BenchFailure($"{path} at {PerSecond}/s: {failure.Message}");
        },
        cancellation);

    /// <summary>When the request of this number is due, in ticks of the stopwatch after the first.</summary>
    public static long DueAfter(long number) => number * Stopwatch.Frequency / PerSecond;

    private static void Send(KeptConnection connection, byte[][] requests, long number, long start, int seconds, List<double> latencies, CancellationToken cancellation)
    {
        PreciseSleep.Sharpen();
        for (; number < (long)(UnmeasuredSeconds + seconds) * PerSecond && !cancellation.IsCancellationRequested; number += Connections)
        {
            var due = start + DueAfter(number);
            PreciseSleep.Until(due);
            connection.Exchange(requests[number % requests.Length]);
            if (number >= UnmeasuredSeconds * PerSecond)
            {
                latencies.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            }
        }
    }
}
