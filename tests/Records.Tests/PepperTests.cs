namespace Records.Tests;

public sealed class PepperTests
{
    [Fact]
    public void Pepper_TooShort_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Pepper(1, new byte[Pepper.MinimumBytes - 1]));

    [Fact]
    public void Pepper_VersionZero_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Pepper(0, new byte[32]));

    [Fact]
    public void ToString_NamesTheVersionOnly() => Assert.Equal("Pepper 7", new Pepper(7, new byte[32]).ToString());

    [Fact]
    public void Find_ByVersion_GivesCurrentPreviousOrNothing()
    {
        var peppers = new Peppers(new(2, new byte[32]), new(1, new byte[32]));

        Assert.Same(peppers.Current, peppers.Find(2));
        Assert.Same(peppers.Previous, peppers.Find(1));
        Assert.Null(peppers.Find(3));
    }
}
