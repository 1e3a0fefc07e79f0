using Benchmarks.SideBySide.Load;

namespace Benchmarks.Tests.Load;

public sealed class WrkResultTests
{
    private const string Good = """
        Running 2s test @ http://127.0.0.1:7071/a
          1 threads and 32 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     1.02ms    1.11ms  20.09ms   91.51%
            Req/Sec    37.93k     3.06k   42.62k    70.00%
          75503 requests in 2.01s, 91.01MB read
        Requests/sec:  37611.52
        Transfer/sec:     45.34MB
        """;

    [Fact]
    public void Parse_OfGoodAnswersOnly_TakesRequestsAndSeconds() => Assert.Equal(new WrkResult(75_503, 2.01), WrkResult.Parse(Good, "A"));

    [Fact]
    public void Parse_OfALongRun_TakesMinutes() => Assert.Equal(61.2, WrkResult.Parse(Good.Replace("2.01s,", "1.02m,", StringComparison.Ordinal), "A").Seconds, 6);

    [Theory]
    [InlineData("  Non-2xx or 3xx responses: 1")]
    [InlineData("  Socket errors: connect 0, read 0, write 0, timeout 3")]
    public void Parse_OfOneBadAnswer_Fails(string line) => Assert.Contains(line, Assert.Throws<BenchFailure>(() => WrkResult.Parse($"{Good}\n{line}", "A")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("unable to connect to 127.0.0.1:7071 Connection refused")]
    [InlineData("  0 requests in 2.01s, 0.00B read")]
    public void Parse_OfNoAnswer_Fails(string text) => Assert.Throws<BenchFailure>(() => WrkResult.Parse(text, "A"));
}
