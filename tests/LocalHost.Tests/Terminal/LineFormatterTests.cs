using LocalHost.Terminal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LocalHost.Tests.Terminal;

public sealed class LineFormatterTests
{
    [Fact]
    public void Write_AMessageWithLineEnds_StaysOneLine()
    {
        var line = Format(LogLevel.Information, "GET /a\r\n12:00:00 forged\u2028entry", null);

        Assert.Single(line.TrimEnd().Split(['\n', '\r', '\u2028']));
        Assert.EndsWith("GET /a 12:00:00 forged entry" + Environment.NewLine, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AnException_NamesItAndItsCauseOnTheLine()
    {
        var line = Format(LogLevel.Error, "It broke.", new InvalidOperationException("outer", new IOException("inner\nmost")));

        Assert.EndsWith("error: It broke. [InvalidOperationException: outer] [IOException: inner most]" + Environment.NewLine, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TheSameFailureOfEveryAttemptAndLayer_IsSaidOnce()
    {
        static Exception Refused() => new IOException("Connection refused (127.0.0.1:10002)", new HttpRequestException("Connection refused (127.0.0.1:10002)", new TimeoutException("Connection refused")));

        var line = Format(LogLevel.Error, "Lost.", new AggregateException("Failed after 4 tries.", Refused(), Refused(), Refused(), new InvalidOperationException("Something else")));

        Assert.EndsWith("error: Lost. [AggregateException: Failed after 4 tries.] [IOException: Connection refused (127.0.0.1:10002)] [InvalidOperationException: Something else]" + Environment.NewLine, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ControlCharacters_DoNotReachTheTerminal()
    {
        var line = Format(LogLevel.Information, "consumer=a\u001b[31mb\u009b2J\0\u202ec\td", new IOException("Received \u001b]0;title\a"));

        Assert.EndsWith("consumer=a\ufffd[31mb\ufffd2J\ufffd\ufffdc\td [IOException: Received \ufffd]0;title\ufffd]" + Environment.NewLine, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EmptyFields_AreLeftOut()
    {
        var line = Format(LogLevel.Information, "GET route=list error= ms=1.5 key= request=1", null);

        Assert.EndsWith("GET route=list ms=1.5 request=1" + Environment.NewLine, line, StringComparison.Ordinal);
    }

    private static string Format(LogLevel level, string message, Exception? exception)
    {
        var writer = new StringWriter();
        var entry = new LogEntry<string>(level, "Gateway", 1, message, exception, (state, _) => state);
        new LineFormatter(new FakeTimeProvider()).Write(in entry, null, writer);
        return writer.ToString();
    }
}
