using System.Text.Json;
using Gateway.Configuration;
using Gateway.Secrets;

namespace Gateway.Tests.Secrets;

public sealed class SecretShelfTests
{
    private readonly SecretShelf _shelf = new(new FakeVault());

    public static TheoryData<int> Faults => [.. Enum.GetValues<SecretFault>().Select(fault => (int)fault)];

    [Fact]
    public void Take_WithoutAVault_IsAMistakeAtItsPlace()
    {
        var thrown = Assert.Throws<ConfigException>(() => new SecretShelf().Take([Reference("a")]));

        Assert.StartsWith("gateway.yaml:3:7: services.s.headers.set.x: This process has no vault of shared secrets.", Assert.Single(thrown.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Take_OfNothing_NeedsNoVault() => Assert.Same(SecretsTaken.None, new SecretShelf().Take([]));

    [Fact]
    public void Take_OfWhatWasNeverRead_LacksIt_AndSaysNothingYet() =>
        Assert.Empty(Assert.Throws<SecretsLackException>(() => _shelf.Take([Reference("a")])).Errors);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Take_OfWhatCouldNotBeRead_SaysSoAtItsPlace(int fault)
    {
        _shelf.Get("a").Fail((SecretFault)fault);
        _shelf.Get("b").Take("there");

        var error = Assert.Single(Assert.Throws<SecretsLackException>(() => _shelf.Take([Reference("a"), Reference("b")])).Errors);

        Assert.StartsWith("gateway.yaml:3:7: services.s.headers.set.x: The ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("secret 'a'", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_OfWhatFailedLater_GivesTheLastValue()
    {
        _shelf.Get("a").Take("value");
        _shelf.Get("a").Fail(SecretFault.Missing);

        Assert.Equal("value", _shelf.Take([Reference("a")]).Fill("${keyvault:a}"));
    }

    [Fact]
    public void Taken_ChangesByTheirPlaces()
    {
        _shelf.Get("a").Take("one");
        var taken = _shelf.Take([Reference("a")]);

        Assert.False(taken.HaveChanged(_ => true));
        _shelf.Get("a").Take("two");

        Assert.True(taken.HaveChanged(_ => true));
        Assert.False(taken.HaveChanged(_ => false));
        Assert.Equal("one", taken.Fill("${keyvault:a}"));
        Assert.Equal("text", taken.Fill("text"));
    }

    [Fact]
    public void Values_AreShownByNothingThatHoldsThem()
    {
        _shelf.Get("a").Take("s3cret");
        var taken = _shelf.Take([Reference("a")]);
        var snapshot = new GatewaySnapshot("r", new() { Version = 1 }, _ => Task.CompletedTask) { Secrets = taken };

        string[] shown = [$"{_shelf.Get("a")}", $"{taken}", $"{snapshot}", JsonSerializer.Serialize(_shelf.Get("a")), JsonSerializer.Serialize(taken), JsonSerializer.Serialize(_shelf.Wanted(taken))];

        Assert.All(shown, text => Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal));
        Assert.Equal("${keyvault:a}", shown[0]);
    }

    private static SecretReference Reference(string name) => new(name, ["services", "s", "headers", "set", "x"], "gateway.yaml", new(3, 7));
}
