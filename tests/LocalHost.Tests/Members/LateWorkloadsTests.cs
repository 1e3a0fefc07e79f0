using LocalHost.Members;
using Microsoft.Extensions.Logging;

namespace LocalHost.Tests.Members;

public sealed class LateWorkloadsTests : ILogger<LateWorkloads>
{
    private readonly List<string> _said = [];

    [Fact]
    public void Look_AtServicesThatWereNotThereAtTheStart_NamesEachOnce()
    {
        var before = LocalWorkloadsTests.Config("""billing: { urls: "https://localhost:1", tls: mesh }""");
        var after = LocalWorkloadsTests.Config("""
            billing: { urls: "https://localhost:1", tls: mesh }
            late: { urls: "https://localhost:2", tls: mesh, identity: invoices }
            """);
        var late = new LateWorkloads(LocalWorkloads.Of(before, samples: false), this);

        late.Look(before);
        Assert.Empty(_said);
        late.Look(after);
        late.Look(after);

        Assert.StartsWith("The configuration now calls invoices with tls: mesh. Start the local host again", Assert.Single(_said), StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _said.Add(formatter(state, exception));
}
