using System.Net;

namespace Records.Tests;

public sealed class LimitKeyTextTests
{
    [Theory]
    [InlineData("10.0.0.1", "address 10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", "address 10.0.0.1")]
    [InlineData("2001:db8:0:1:2:3:4:5", "address 2001:db8:0:1::/64")]
    [InlineData("2001:db8::1", "address 2001:db8::/64")]
    [InlineData("fe80::1%2", "address fe80::/64")]
    [InlineData("::1", "address ::/64")]
    public void Address_OfAnyFamily_IsTheAddressOrItsNetwork(string address, string expected) => Assert.Equal(expected, LimitKeyText.Address(IPAddress.Parse(address)));

    [Fact]
    public void Consumer_WithControlCharacters_CannotPoseAsAPartOfItsOwn()
    {
        var text = LimitKeyText.Consumer("a\nroute list");

        Assert.StartsWith("consumer sha256:", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }
}
