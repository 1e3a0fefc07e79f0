using System.IO.Pipelines;
using System.Text;
using Gateway.Upstreams.Wire;

namespace Gateway.Tests.Upstreams.Wire;

/// <summary>Bodies in pieces of every size: where they end, and what is left for whoever comes after.</summary>
public sealed class BodyFramingTests
{
    private const string Chunked = "Transfer-Encoding: chunked\r\n";

    public static TheoryData<int> Pieces => [1, 2, 3, 5, 7, 100];

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Chunks_GiveTheirBytes_AndNoOthers(int piece) => Assert.Equal(
        ("hello, wide world", "X: trailer\r\n\r\n"),
        await PassAsync(Chunked, "5\r\nhello\r\n7;ext=\"a;b\"\r\n, wide \r\n005\r\nworld\r\n0\r\nX: trailer\r\n\r\n", piece));

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Chunks_MayEndLinesWithALineFeedAlone(int piece) =>
        Assert.Equal(("hello", "\n"), await PassAsync(Chunked, "5\nhello\n0\n\n", piece));

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Length_TakesSoManyBytes_AndLeavesTheRest(int piece) =>
        Assert.Equal(("hello", "HTTP"), await PassAsync("Content-Length: 5\r\n", "helloHTTP", piece));

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    public void NoBody_IsOverAtOnce(string method, string head) => Assert.True(BodyFraming.Of(Head(head), method).IsOver);

    [Fact]
    public void NothingSaid_EndsWithTheConnection()
    {
        var framing = BodyFraming.Of(Head("HTTP/1.1 200 OK\r\n\r\n"), "GET");

        framing.ConnectionEnded();

        Assert.True(framing.IsOver);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n")]
    [InlineData(Chunked)]
    public void EndOfTheConnection_BeforeTheBodys_IsAnError(string field)
    {
        var framing = BodyFraming.Of(Head($"HTTP/1.1 200 OK\r\n{field}\r\n"), "GET");

        Assert.Throws<EndOfStreamException>(framing.ConnectionEnded);
    }

    [Theory]
    [InlineData("g\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("\r\n")]
    [InlineData(";ext\r\n")]
    [InlineData("1000000000000000\r\n")]
    [InlineData("1\r\nab")]
    [InlineData("1\r\na\rb")]
    public async Task Chunks_ThatAreNone_AreRefused(string body) => await Assert.ThrowsAsync<WireException>(() => PassAsync(Chunked, body, body.Length));

    [Fact]
    public async Task SizeLine_WithoutEnd_IsRefused() => await Assert.ThrowsAsync<WireException>(() => PassAsync(Chunked, "1;" + new string('x', 5_000), 5_002));

    private static async Task<(string Body, string Left)> PassAsync(string field, string wire, int piece)
    {
        var framing = BodyFraming.Of(Head($"HTTP/1.1 200 OK\r\n{field}\r\n"), "GET");
        var bytes = Encoding.Latin1.GetBytes(wire);
        using var body = new MemoryStream();
        var to = PipeWriter.Create(body);
        var (start, end) = (0, 0);
        while (!framing.IsOver)
        {
            Assert.True(end < bytes.Length, "The body does not end.");
            end = Math.Min(end + piece, bytes.Length);
            start += framing.Pass(bytes.AsSpan(start..end), to);
        }

        await to.FlushAsync(TestContext.Current.CancellationToken);
        return (Encoding.Latin1.GetString(body.ToArray()), wire[start..]);
    }

    private static AnswerHead Head(string text)
    {
        var head = new AnswerHead();
        head.Read(Encoding.Latin1.GetBytes(text));
        return head;
    }
}
