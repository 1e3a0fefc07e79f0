using System.Text;
using Exporters.Lines;
using Microsoft.Extensions.Logging;

namespace Exporters.Tests.Lines;

public sealed class LineLogTests : IDisposable
{
    private readonly SetTime _time = new() { Now = new(2026, 11, 25, 14, 5, 9, 7, TimeSpan.Zero) };
    private readonly MemoryStream _output = new();
    private readonly LineLog _log;

    public LineLogTests() => _log = new(_output, _time);

    [Fact]
    public void Entry_IsOneLine_WithTimeLevelAndCategory()
    {
        Logger().Log(LogLevel.Information, 0, "hello", null, static (state, _) => state);
        _time.Now += TimeSpan.FromMilliseconds(995);
        Logger().Log(LogLevel.Warning, 0, "there", null, static (state, _) => state);

        Assert.Equal(["2026-11-25T14:05:09.007Z info Gateway.Some: hello", "2026-11-25T14:05:10.002Z warning Gateway.Some: there"], Lines());
    }

    [Fact]
    public void Exception_FollowsOnTheSameLine()
    {
        Logger().Log(LogLevel.Error, 0, "failed", new InvalidOperationException("one\r\ntwo"), static (state, _) => state);

        var line = Assert.Single(Lines());
        Assert.StartsWith("2026-11-25T14:05:09.007Z error Gateway.Some: failed System.InvalidOperationException: one ⏎two", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfOthers_EndsNoLineAndCommandsNoTerminal()
    {
        Logger().Log(LogLevel.Information, 0, "a\nb\u001b[31m\u202ec\td", null, static (state, _) => state);

        Assert.EndsWith(": a⏎b [31m c\td", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void State_ThatFormatsItself_IsNotMadeAString()
    {
        Logger().Log(LogLevel.Information, 0, 4711, null, static (_, _) => throw new InvalidOperationException("Nobody should ask."));

        Assert.EndsWith(": 4711", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_OfManyThreads_AllComeWhole()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            var logger = Logger();
            for (var number = 0; number < 1_000; number++)
            {
                logger.Log(LogLevel.Information, 0, (thread, number), null, static (state, _) => $"{state.thread}-{state.number}");
            }
        })));

        var said = Lines().Select(line => line[(line.LastIndexOf(' ') + 1)..]).ToHashSet();
        Assert.Equal(8_000, said.Count);
        Assert.All(Enumerable.Range(0, 8_000), index => Assert.Contains($"{index / 1_000}-{index % 1_000}", said));
    }

    [Fact]
    public void Reader_ThatIsGone_StopsNobody()
    {
        using var log = new LineLog(new ClosedStream(), _time);

        log.CreateLogger("x").Log(LogLevel.Error, 0, "lost", null, static (state, _) => state);

        log.Dispose();
    }

    public void Dispose() => _log.Dispose();

    private ILogger Logger() => _log.CreateLogger("Gateway.Some");

    private string[] Lines()
    {
        _log.Dispose();
        return Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class ClosedStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
