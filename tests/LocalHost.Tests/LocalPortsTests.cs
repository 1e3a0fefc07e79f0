namespace LocalHost.Tests;

public sealed class LocalPortsTests
{
    [Theory]
    [InlineData(false, null, 7071)]
    [InlineData(false, 8000, 8000)]
    [InlineData(true, null, 0)]
    [InlineData(true, 8000, 8000)]
    public void Of_JoinedOrNot_GivesTheFrontDoorItsPort(bool join, int? port, int expected) =>
        Assert.Equal(expected, LocalPorts.Of(new() { Join = join, Port = port }).FrontDoor);
}
