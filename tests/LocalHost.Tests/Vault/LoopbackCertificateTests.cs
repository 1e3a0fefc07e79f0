using LocalHost.Vault;
using Microsoft.Extensions.Time.Testing;

namespace LocalHost.Tests.Vault;

public sealed class LoopbackCertificateTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("loopback-").FullName;
    private readonly FakeTimeProvider _time = new(new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
    private readonly LocalFolder _folder;

    public LoopbackCertificateTests() => _folder = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);

    [Fact]
    public void Load_AgainAndAgain_IsTheSame()
    {
        using var first = LoopbackCertificate.Load(_folder, _time);
        _time.Advance(TimeSpan.FromDays(400));

        using var second = LoopbackCertificate.Load(_folder, _time);

        Assert.True(first.HasPrivateKey);
        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(first.MatchesHostname("localhost"));
        Assert.True(first.MatchesHostname("127.0.0.1"));
    }

    [Fact]
    public void Load_LongBeforeItEnds_MakesAnother()
    {
        using var first = LoopbackCertificate.Load(_folder, _time);
        _time.Advance(TimeSpan.FromDays(420));

        using var second = LoopbackCertificate.Load(_folder, _time);

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void Load_OfADamagedFile_SaysWhatToDo()
    {
        _folder.WritePrivate(LoopbackCertificate.File, "damaged");

        var failure = Assert.Throws<StartFailure>(() => LoopbackCertificate.Load(_folder, _time));

        Assert.Contains("--fresh", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
