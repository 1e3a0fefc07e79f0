using Mesh.Identities;

namespace Mesh.Tests.Identities;

public sealed class WorkloadIdTests
{
    [Fact]
    public void Parse_OneSegment_IsTheService() =>
        Assert.Equal(new WorkloadId("contoso.internal", "orders"), WorkloadId.Parse("spiffe://contoso.internal/orders"));

    [Fact]
    public void ToString_IsWhatParseReads() =>
        Assert.Equal(new WorkloadId("contoso.internal", "orders"), WorkloadId.Parse(new WorkloadId("contoso.internal", "orders").ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("spiffe://contoso.internal")]
    [InlineData("spiffe://contoso.internal/")]
    [InlineData("spiffe:///orders")]
    [InlineData("spiffe://contoso.internal/orders/")]
    [InlineData("spiffe://contoso.internal/ns/orders")]
    [InlineData("spiffe://contoso.internal/../orders")]
    [InlineData("spiffe://contoso.internal/orders?x=1")]
    [InlineData("spiffe://contoso.internal/orders#x")]
    [InlineData("spiffe://contoso.internal/%6frders")]
    [InlineData("spiffe://contoso.internal:443/orders")]
    [InlineData("spiffe://user@contoso.internal/orders")]
    [InlineData("spiffe://Contoso.internal/orders")]
    [InlineData("SPIFFE://contoso.internal/orders")]
    [InlineData("https://contoso.internal/orders")]
    [InlineData("spiffe://contoso.internal/orders\n")]
    [InlineData("spiffe://contoso.internal/1orders")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(WorkloadId.Parse(text));
}
