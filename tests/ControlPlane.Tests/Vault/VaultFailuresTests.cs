using Azure;
using Azure.Identity;
using ControlPlane.Vault;

namespace ControlPlane.Tests.Vault;

public sealed class VaultFailuresTests
{
    public static TheoryData<Exception> Away() =>
    [
        new RequestFailedException(503, "away"),
        new RequestFailedException(401, "unauthorized"),
        new AuthenticationFailedException("no token"),
        new CredentialUnavailableException("no identity"),
        new AggregateException(),
        new OperationCanceledException(),
    ];

    [Theory]
    [MemberData(nameof(Away))]
    public void IsAway_NoAnswerOfTheVault_IsTrue(Exception failure) => Assert.True(VaultFailures.IsAway(failure, CancellationToken.None));

    [Fact]
    public void IsAway_AnswerThatRefuses_IsFalse() => Assert.False(VaultFailures.IsAway(new RequestFailedException(403, "forbidden"), CancellationToken.None));

    [Fact]
    public void IsAway_EndOfTheCaller_IsFalse() => Assert.False(VaultFailures.IsAway(new OperationCanceledException(), new(canceled: true)));
}
