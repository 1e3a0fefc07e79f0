using ControlPlane.Limits;
using Records;

namespace ControlPlane.Tests.Limits;

public sealed class LimitKeyTests
{
    [Theory]
    [InlineData("acme", "consumer acme")]
    [InlineData("entra:a b", "consumer entra:a b")]
    [InlineData("consumer acme", "consumer acme")]
    [InlineData("consumer route list", "consumer route list")]
    [InlineData("consumer route", "consumer route")]
    [InlineData("Route list", "consumer Route list")]
    [InlineData("address 10.0.0.1", "address 10.0.0.1")]
    [InlineData("address ::ffff:10.0.0.1", "address 10.0.0.1")]
    [InlineData("address 2001:DB8:0:0:1::7", "address 2001:db8::/64")]
    [InlineData("address 2001:db8::/64", "address 2001:db8::/64")]
    [InlineData("route list", "route list")]
    [InlineData("claim sales", "claim sales")]
    [InlineData("claim", "claim")]
    [InlineData("header x y", "header x y")]
    [InlineData("header ", "header ")]
    [InlineData("header", "header")]
    public void Part_InWords_IsThePartOfTheRowsKey(string part, string expected) => Assert.Equal([expected], LimitKey.Read([part]).Value!);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("consumer")]
    [InlineData("route ")]
    [InlineData("address")]
    [InlineData("address ten")]
    [InlineData("address 10.1")]
    [InlineData("address 010.0.0.1")]
    [InlineData("address 10.0.0.1/64")]
    public void Part_ThatNamesNothing_IsRefused(string part) => Assert.Equal(RefusalReason.Invalid, LimitKey.Read(["acme", part]).Refusal!.Reason);

    [Fact]
    public void Parts_Several_KeepTheirOrder() => Assert.Equal(["route list", "consumer acme"], LimitKey.Read(["route list", "acme"]).Value!);

    [Fact]
    public void Parts_None_AreEverythingTogether() => Assert.Empty(LimitKey.Read([]).Value!);

    [Fact]
    public void Value_ThatIsLong_IsHashedAsTheRowsKeyIs()
    {
        var longest = new string('a', LimitKeyText.LongestValue + 1);

        Assert.Equal([LimitKeyText.Value("claim", longest)], LimitKey.Read([$"claim {longest}"]).Value!);
    }
}
