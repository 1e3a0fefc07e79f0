using System.Text;
using Gateway.Upstreams.Wire;

namespace Gateway.Tests.Upstreams.Wire;

public sealed class AnswerHeadTests
{
    private readonly AnswerHead _head = new();

    [Fact]
    public void Read_TakesStatusAndFields_AsTheyCame()
    {
        Read("HTTP/1.1 404 Not Found\r\nX-One: a\r\nx-two:  b c \r\nEmpty:\r\n\r\n");

        Assert.Equal((404, null, true), (_head.Status, _head.Reason, _head.KeepsConnection));
        Assert.Equal([new("X-One", "a"), new("x-two", "b c"), new("Empty", "")], Fields());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", null)]
    [InlineData("HTTP/1.1 200 Fine\r\n\r\n", "Fine")]
    [InlineData("HTTP/1.1 200 \r\n\r\n", "")]
    [InlineData("HTTP/1.1 200\r\n\r\n", "")]
    public void Reason_IsKept_WhereItIsNotTheUsual(string text, string? reason)
    {
        Read(text);

        Assert.Equal(reason, _head.Reason);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: x\r\nConnection: close\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n", true)]
    public void Connection_IsKept_AsItsVersionAndFieldSay(string text, bool keeps)
    {
        Read(text);

        Assert.Equal(keeps, _head.KeepsConnection);
    }

    [Fact]
    public void Lines_MayEndWithALineFeedAlone_AndBeFolded()
    {
        Read("HTTP/1.1 200 OK\nA : b\n  c\nD: e\n\n");

        Assert.Equal([new("A", "b c"), new("D", "e")], Fields());
    }

    [Fact]
    public void Values_AreLatin1_ByteForByte()
    {
        Read("HTTP/1.1 200 OK\r\nA: caf\u00c3\u00a9 \u00e9\r\n\r\n");

        Assert.Equal("caf\u00c3\u00a9 \u00e9", _head[0].Value);
    }

    [Theory]
    [InlineData("A: 1\r\nB: 2\r\nC: 3\r\n", "A: 1\r\nB: 22\r\nC: 3\r\n")]
    [InlineData("A: 1\r\nB: 2\r\nC: 3\r\n", "A: 1\r\n")]
    [InlineData("A: 1\r\n", "A: 1\r\nB: 2\r\nC: 3\r\n")]
    [InlineData("A: 1\r\nB: 2\r\n", "B: 2\r\nA: 1\r\n")]
    [InlineData("A: 1\r\n 2\r\n", "A: 1\r\n")]
    [InlineData("A: 1\r\n", "A: 1\r\n 2\r\n")]
    public void Read_AfterAnother_IsAsIfItWereTheFirst(string before, string after)
    {
        Read($"HTTP/1.1 200 OK\r\n{before}\r\n");
        Read($"HTTP/1.1 200 OK\r\n{after}\r\n");
        var again = Fields();

        var fresh = new AnswerHead();
        fresh.Read(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{after}\r\n"));

        Assert.Equal(Enumerable.Range(0, fresh.Count).Select(index => fresh[index]), again);
    }

    [Fact]
    public void Read_OfTheSameLines_MakesNoNewText()
    {
        Read("HTTP/1.1 200 OK\r\nServer: one\r\nDate: 1\r\nVia: x\r\n\r\n");
        var (server, via) = (_head[0].Value, _head[2].Value);

        Read("HTTP/1.1 200 OK\r\nServer: one\r\nDate: 2\r\nVia: x\r\n\r\n");

        Assert.Same(server, _head[0].Value);
        Assert.Equal("2", _head[1].Value);
        Assert.Same(via, _head[2].Value);
    }

    [Theory]
    [InlineData("Content-Length: 12\r\n", 12)]
    [InlineData("Content-Length: 12\r\nContent-Length: 12\r\n", 12)]
    [InlineData("Content-Length: 12, 12\r\n", 12)]
    [InlineData("", null)]
    public void Length_IsTaken_WhereItIsOne(string fields, int? length)
    {
        Read($"HTTP/1.1 200 OK\r\n{fields}\r\n");

        Assert.Equal(length, _head.Length);
    }

    [Theory]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 600 OK\r\n\r\n")]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1  200 OK\r\n\r\n")]
    [InlineData("ICY 200 OK and more\r\n\r\n")]
    [InlineData("HTTP/1.1 200 a\u0001b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: no name\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA b: c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\u0000c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n folded: before any\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n")]
    public void Read_OfWhatTwoReadersCouldReadDifferently_IsNoAnswer(string text) => Assert.Throws<WireException>(() => Read(text));

    private void Read(string text) => _head.Read(Encoding.Latin1.GetBytes(text));

    private List<KeyValuePair<string, string>> Fields() => [.. Enumerable.Range(0, _head.Count).Select(index => _head[index])];
}
