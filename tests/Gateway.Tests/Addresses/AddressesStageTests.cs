using System.Net;
using Gateway.Addresses;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Tests.Routing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Addresses;

public class AddressesStageTests
{
    [Theory]
    [InlineData("10.1.0.0/16", "", "10.1.0.0", true)]
    [InlineData("10.1.0.0/16", "", "10.1.255.255", true)]
    [InlineData("10.1.0.0/16", "", "10.0.255.255", false)]
    [InlineData("10.1.0.0/16", "", "10.2.0.0", false)]
    [InlineData("", "10.1.0.0/16", "10.1.255.255", false)]
    [InlineData("", "10.1.0.0/16", "10.2.0.0", true)]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", "10.1.0.1", false)]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", "10.2.0.1", true)]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", "11.0.0.1", false)]
    [InlineData("192.0.2.7/32", "", "192.0.2.7", true)]
    [InlineData("192.0.2.7/32", "", "192.0.2.8", false)]
    [InlineData("0.0.0.0/0", "", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "", "::1", false)]
    [InlineData("2001:db8::/33", "", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8::/33", "", "2001:db8:8000::", false)]
    [InlineData("2001:db8::/32", "2001:db8::1/128", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8::1/128", "2001:db8::2", true)]
    [InlineData("::ffff:10.0.0.0/104", "", "10.9.9.9", true)]
    [InlineData("", "::ffff:10.0.0.0/104", "10.9.9.9", false)]
    public async Task Invoke_Address_IsLetInOrRefused(string allow, string deny, string address, bool isIn)
    {
        var entered = false;
        var route = Routes.Of("r", "GET /") with { Addresses = new() { Allow = Parse(allow), Deny = Parse(deny) } };
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "1", ClientAddress = IPAddress.Parse(address) });

        await new AddressesStage().Compile(route, _ =>
        {
            entered = true;
            return Task.CompletedTask;
        })(context);

        Assert.Equal(isIn, entered);
        Assert.Equal(isIn ? null : GatewayError.AddressNotAllowed, context.Gateway().Failure?.Error);
    }

    [Fact]
    public void Compile_NothingSet_CostsNothing()
    {
        RequestDelegate next = _ => Task.CompletedTask;

        Assert.Same(next, new AddressesStage().Compile(Routes.Of("r", "GET /"), next));
        Assert.Same(next, new AddressesStage().Compile(Routes.Of("r", "GET /") with { Addresses = new() }, next));
    }

    private static IPNetwork[] Parse(string networks) => [.. networks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => IPNetwork.Parse(text))];
}
