using Azure.Core;

namespace Gateway.Tests.Upstreams;

/// <summary>An identity that gets the tokens that a test says, when it says so.</summary>
internal sealed class FakeIdentity : TokenCredential
{
    private int _asked;

    public Func<AccessToken> Token { get; set; } = () => new("t-1", TimeProvider.System.GetUtcNow().AddHours(1));

    public Exception? Fault { get; set; }

    /// <summary>Held back until this is done, whatever the caller thinks of it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Asked => Volatile.Read(ref _asked);

    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        Scopes = requestContext.Scopes;
        await Gate;
        return Fault is null ? Token() : throw Fault;
    }
}
