using System.Diagnostics;
using Benchmarks.SideBySide.Load;

namespace Benchmarks.Tests.Load;

public sealed class OpenLoopTests
{
    [Fact]
    public void DueAfter_OfASecondsRequests_IsASecond_AndDoesNotDrift()
    {
        Assert.Equal(0, OpenLoop.DueAfter(0));
        Assert.Equal(Stopwatch.Frequency, OpenLoop.DueAfter(OpenLoop.PerSecond));
        Assert.Equal(1_000 * Stopwatch.Frequency, OpenLoop.DueAfter(1_000 * OpenLoop.PerSecond));
    }

    [Fact]
    public void Requests_WithoutFields_AreOne() => Assert.Single(KeptConnection.Requests("/a", []));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", 43)]
    [InlineData("HTTP/1.1 200 OK\r\nx-content-length: 9\r\ncontent-length: 0\r\n\r\n", 59)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Len", int.MaxValue)]
    public void LengthOf_IsThatOfHeadAndBody(string answer, int length) => Assert.Equal(length, KeptConnection.LengthOf(System.Text.Encoding.ASCII.GetBytes(answer)));

    [Theory]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public void LengthOf_AnotherAnswer_Fails(string answer) => Assert.Throws<BenchFailure>(() => KeptConnection.LengthOf(System.Text.Encoding.ASCII.GetBytes(answer)));
}
