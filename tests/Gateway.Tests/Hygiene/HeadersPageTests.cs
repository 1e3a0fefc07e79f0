using System.Net;
using Gateway.Upstreams;
using Gateway.Hygiene;
using Gateway.Requests;

namespace Gateway.Tests.Hygiene;

/// <summary>docs/headers.md says what the code does.</summary>
public class HeadersPageTests
{
    private static readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "headers.md"));

    [Fact]
    public void Page_RemovedHeaders_AreTheTableOfTheCode() =>
        Assert.Equal(RemovedHeaders.Rows, Rows("## Removed"));

    [Fact]
    public void Page_HeadersTowardsServices_AreThoseThatAreSet()
    {
        var caller = new Caller
        {
            Kind = CallerKind.Token,
            Consumer = "a",
            Plan = "b",
            Subject = "c",
            Scopes = new HashSet<string> { "d" },
            Groups = new HashSet<string> { "e" },
        };
        var request = new GatewayRequest { Id = "1", Caller = caller, Host = "host.example", ClientAddress = IPAddress.Loopback };
        string[] set = [.. IdentityHeaders.Of(request).Select(header => header.Key), .. ForwardedFields.Of(request).Select(header => header.Key), "traceparent"];

        Assert.Equal(set.Order(StringComparer.Ordinal), Rows("## Set").Select(row => row.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RemovedHeaders_HaveAllThatIsSetTowardsServicesButTheTrace() =>
        Assert.All(Rows("## Set").Where(row => row.Name != "traceparent"), row => Assert.True(RemovedHeaders.Contains(row.Name), row.Name));

    private static IEnumerable<(string Name, string Text)> Rows(string heading) =>
        from line in _lines.SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        where line.StartsWith("| `", StringComparison.Ordinal)
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        select (cells[1].Trim('`'), cells[2]);
}
