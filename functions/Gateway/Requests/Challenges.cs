namespace Gateway.Requests;

/// <summary>The WWW-Authenticate fields of an answer: one for each scheme that would be accepted (RFC 9110 §11.6.1).</summary>
internal static class Challenges
{
    private const string Bearer = "Bearer realm=\"gateway\"";
    private const string ApiKey = "ApiKey realm=\"gateway\"";

    /// <param name="tokens">Tokens are accepted.</param>
    /// <param name="keys">API keys are accepted.</param>
    /// <param name="tokenProblem">Why the token that was sent is not good, in plain ASCII; null: none was sent (RFC 6750 §3.1: then no error).</param>
    /// <param name="keyFailed">The key that was sent is not good: its scheme comes first.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> For(bool tokens, bool keys, string? tokenProblem = null, bool keyFailed = false)
    {
        var challenges = new List<KeyValuePair<string, string>>(2);
        if (tokens)
        {
            challenges.Add(Field(tokenProblem is null ? Bearer : $"{Bearer}, error=\"invalid_token\", error_description=\"{tokenProblem}\""));
        }

        // RFC 9110 §15.5.2: a 401 names at least one scheme, also where only anonymous callers are meant and a bad key was sent.
        if (keys || !tokens)
        {
            challenges.Insert(keyFailed ? 0 : challenges.Count, Field(ApiKey));
        }

        return challenges;
    }

    /// <summary>The challenge of a 403 for a token that lacks scopes (RFC 6750 §3.1).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> InsufficientScope(IEnumerable<string> scopes) =>
        [Field($"{Bearer}, error=\"insufficient_scope\", scope=\"{string.Join(' ', scopes.Select(Quotable))}\"")];

    private static KeyValuePair<string, string> Field(string value) => new("WWW-Authenticate", value);

    // RFC 6750 §3: a scope is %x21 / %x23-5B / %x5D-7E. The rest cannot stand in the quotes.
    private static string Quotable(string scope) => string.Concat(scope.Where(character => character is > ' ' and <= '~' and not ('"' or '\\')));
}
