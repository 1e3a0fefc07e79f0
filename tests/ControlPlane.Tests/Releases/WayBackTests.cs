using ControlPlane.Releases;
using Records.Releases;

namespace ControlPlane.Tests.Releases;

public sealed class WayBackTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("a", null)]
    [InlineData("a b", "a")]
    [InlineData("a b c", "b")]
    [InlineData("a b c b", "a")]
    [InlineData("a b c b a", null)]
    [InlineData("a b c b d", "b")]
    [InlineData("a b c a", "c")]
    [InlineData("a b a b", "a")]
    [InlineData("a -", "a")]
    [InlineData("a b - b", "a")]
    [InlineData("a - b", null)]
    public void WayBack_AfterTheseMoves_GoesToWhatServedBefore(string moves, string? to)
    {
        ReleasePointer? at = null;
        foreach (var name in moves.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            at = ReleasePointer.Moved(at, new() { Id = name, Release = name == "-" ? null : name, At = DateTimeOffset.UnixEpoch, By = "someone" });
        }

        Assert.Equal(to, WayBack.From(at));
    }
}
