using System.Net;
using System.Text.Json;
using Gateway.Limits;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Limits;

public sealed class LimitKeysTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Address_SameClient_SharesAKey(string one, string other, bool same) =>
        Assert.Equal(same, Key(LimitKeyKind.Address, address: one) == Key(LimitKeyKind.Address, address: other));

    [Fact]
    public void Consumer_Anonymous_IsTheAddress() =>
        Assert.Equal(Key(LimitKeyKind.Address), Key(LimitKeyKind.Consumer, consumer: null));

    [Fact]
    public void Consumer_NamedLikeAnAddress_IsNotOne() =>
        Assert.NotEqual(Key(LimitKeyKind.Address), Key(LimitKeyKind.Consumer, consumer: "address 127.0.0.1"));

    [Theory]
    [InlineData(LimitKeyKind.Header)]
    [InlineData(LimitKeyKind.Claim)]
    public void ClientsText_OfAnyLength_GivesAShortKey(LimitKeyKind kind)
    {
        var (one, other) = (Key(kind, text: new string('a', 5000)), Key(kind, text: new string('a', 5000) + "\n"));

        Assert.NotEqual(one, other);
        Assert.InRange(one.Length, 1, 80);
    }

    [Fact]
    public void ClientsText_Missing_IsAKeyOfItsOwn() => Assert.NotEqual(Key(LimitKeyKind.Header, text: ""), Key(LimitKeyKind.Header, text: null));

    [Fact]
    public void List_IsAllOfThem()
    {
        var key = LimitKeys.Of(Context("127.0.0.1", "acme", null), [new(LimitKeyKind.Address), new(LimitKeyKind.Route)]);

        Assert.Equal("address 127.0.0.1\nroute shop/list", key);
    }

    private static string Key(LimitKeyKind kind, string address = "127.0.0.1", string? consumer = "acme", string? text = null) =>
        LimitKeys.Of(Context(address, consumer, text), [new(kind, kind is LimitKeyKind.Header or LimitKeyKind.Claim ? "x" : null)]);

    private static DefaultHttpContext Context(string address, string? consumer, string? text)
    {
        var context = new DefaultHttpContext();
        if (text is not null)
        {
            context.Request.Headers["x"] = text;
        }

        context.Features.Set(new GatewayRequest
        {
            Id = "1",
            Route = "shop/list",
            ClientAddress = IPAddress.Parse(address),
            Caller = new() { Kind = CallerKind.Token, Consumer = consumer, Claims = JsonSerializer.SerializeToElement(new { x = text }) },
        });
        return context;
    }
}
