using Gateway.Requests;

namespace Gateway.Tests.Requests;

public class ChallengesTests
{
    [Theory]
    [InlineData(true, true, null, new[] { "Bearer realm=\"gateway\"", "ApiKey realm=\"gateway\"" })]
    [InlineData(true, false, "why", new[] { "Bearer realm=\"gateway\", error=\"invalid_token\", error_description=\"why\"" })]
    [InlineData(false, true, "why", new[] { "ApiKey realm=\"gateway\"" })]
    [InlineData(false, false, null, new[] { "ApiKey realm=\"gateway\"" })]
    public void For_AcceptedKinds_GivesOneFieldEach(bool tokens, bool keys, string? problem, string[] expected) =>
        Assert.Equal(expected, Challenges.For(tokens, keys, problem).Select(header => header.Value));

    [Fact]
    public void For_ABadKey_NamesItsSchemeFirst() => Assert.Equal(
        ["ApiKey realm=\"gateway\"", "Bearer realm=\"gateway\""],
        Challenges.For(tokens: true, keys: true, keyFailed: true).Select(header => header.Value));

    [Fact]
    public void InsufficientScope_NamesScopes_WithoutWhatWouldEndTheQuotes() => Assert.Equal(
        "Bearer realm=\"gateway\", error=\"insufficient_scope\", scope=\"a b\"",
        Challenges.InsufficientScope(["a", "b\"\\"]).Single().Value);
}
