using System.Security.Cryptography;
using System.Text;
using Records.Releases;

namespace Records.Tests.Releases;

public sealed class ReleaseTests
{
    private const string Text = "version: 1\n# äöü\n";

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Text);

    [Fact]
    public void Of_AText_IsNamedByItsHash()
    {
        var release = Release.Of("version: 1\n");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("version: 1\n"u8)), release.Hash);
        Assert.Equal(release.Hash[..12], release.Id);
        Assert.DoesNotContain("version", $"{release}", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheRelease()
    {
        var (release, problem) = Release.Read(Release.Of(Text).Hash, "1", Bytes);

        Assert.Null(problem);
        Assert.Equal(Text, release!.Text);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("0", "format 0")]
    [InlineData("2", "format 2")]
    public void Read_OfAnotherFormat_IsRefused(string? version, string said) =>
        Assert.Contains(said, Release.Read(Release.Of(Text).Hash, version, Bytes).Problem, StringComparison.Ordinal);

    [Fact]
    public void Read_OfAnotherText_IsRefused() =>
        Assert.Contains("hash", Release.Read(Release.Of(Text + " ").Hash, "1", Bytes).Problem, StringComparison.Ordinal);

    [Fact]
    public void Read_OfWhatIsNoText_IsRefused()
    {
        byte[] latin = [0xE4];
        var hash = Convert.ToHexStringLower(SHA256.HashData(latin));

        Assert.Contains("UTF-8", Release.Read(hash, "1", latin).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789ab", true)]
    [InlineData("0123456789a", false)]
    [InlineData("0123456789aB", false)]
    [InlineData("0123456789/.", false)]
    [InlineData("current", false)]
    public void Id_OfAnyText_IsOneOrNot(string text, bool isId) => Assert.Equal(isId, Release.IsIdOrMore(text));
}
