using System.Text;
using Gateway.Upstreams;
using Gateway.Upstreams.Wire;
using Microsoft.Extensions.Primitives;

namespace Gateway.Tests.Upstreams.Wire;

public sealed class WireFieldsTests
{
    private readonly WireFields _fields = new();

    [Fact]
    public void Head_HoldsEverything_InOrder()
    {
        _fields.Add("Accept", "a");
        _fields.Add("X-Many", new StringValues(["1", "2"]));
        _fields.Add("Cookie", new StringValues(["a=1", "b=2"]));
        _fields.Add("x-many", "3");

        Assert.Equal("GET /p?q HTTP/1.1\r\nHost: here:81\r\nAccept: a\r\nX-Many: 1, 2\r\nCookie: a=1; b=2\r\nx-many: 3\r\n\r\n", Head("GET"));
    }

    [Fact]
    public void Set_TakesThePlaceOfAllBefore_WhateverTheirCase()
    {
        _fields.Add("X-Who", new StringValues(["me", "myself"]));
        _fields.Add("X-WHO", "I");

        _fields.Set("x-who", "gateway");

        Assert.Equal("GET /p?q HTTP/1.1\r\nHost: here:81\r\nx-who: gateway\r\n\r\n", Head("GET"));
    }

    [Fact]
    public void Host_IsTheAddresss_UnlessAnotherIsSet()
    {
        _fields.Host = "there.example";

        Assert.StartsWith("GET /p?q HTTP/1.1\r\nHost: there.example\r\n", Head("GET"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", true)]
    [InlineData("GET", false)]
    [InlineData("DELETE", false)]
    public void NoBody_IsSaid_WhereOneCouldBeExpected(string method, bool isSaid) =>
        Assert.Equal(isSaid, Head(method).Contains("Content-Length: 0\r\n", StringComparison.Ordinal));

    [Fact]
    public void Length_ThatTheClientSent_IsNotSaidTwice()
    {
        _fields.Add("content-length", "0");

        Assert.Equal("POST /p?q HTTP/1.1\r\nHost: here:81\r\ncontent-length: 0\r\n\r\n", Head("POST"));
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void Value_ThatWouldEndItsField_IsLeftOut(string value)
    {
        _fields.Add("X-Bad", value);

        Assert.Equal("GET /p?q HTTP/1.1\r\nHost: here:81\r\n\r\n", Head("GET"));
    }

    [Fact]
    public void Values_AreUtf8()
    {
        _fields.Add("X", "é");

        Assert.Equal("GET /p?q HTTP/1.1\r\nHost: here:81\r\nX: \u00c3\u00a9\r\n\r\n", Head("GET"));
    }

    [Fact]
    public void Clear_LeavesNothingToTheNext()
    {
        _fields.Add("X-Secret", "1");
        _fields.Host = "other";
        Head("GET");

        _fields.Clear();

        Assert.Equal("GET /p?q HTTP/1.1\r\nHost: here:81\r\n\r\n", Head("GET"));
    }

    private string Head(string method) => Encoding.Latin1.GetString(_fields.ToHead(method, "/p?q", "here:81").Span);
}
