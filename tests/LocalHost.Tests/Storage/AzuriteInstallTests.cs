using LocalHost.Storage;

namespace LocalHost.Tests.Storage;

public sealed class AzuriteInstallTests
{
    [Theory]
    [InlineData(130, false, true)] // Ctrl-C reached npm before it reached this process
    [InlineData(143, false, true)]
    [InlineData(1, true, true)]
    [InlineData(0, true, true)]
    [InlineData(1, false, false)]
    [InlineData(0, false, false)]
    public void Interruption_IsToldFromAFailure(int exitCode, bool stopped, bool expected) =>
        Assert.Equal(expected, AzuriteInstall.IsInterrupted(exitCode, new(stopped)));
}
