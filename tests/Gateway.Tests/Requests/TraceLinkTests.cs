using System.Diagnostics;
using Gateway.Requests;

namespace Gateway.Tests.Requests;

/// <summary>What services see of a trace is the same whether an activity says it or not.</summary>
public sealed class TraceLinkTests
{
    private const string Id = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";

    [Theory]
    [InlineData($"00-{Id}-{Span}-01")]
    [InlineData($"00-{Id}-{Span}-00")]
    [InlineData($"00-{Id}-{Span}-ff")]
    [InlineData($"00-{Id}-{Span}-03")]
    [InlineData($"7f-{Id}-{Span}-01")]
    [InlineData($"ff-{Id}-{Span}-01")]
    [InlineData($"0F-{Id}-{Span}-01")]
    [InlineData($"00-{Id}-{Span}-0A")]
    [InlineData($"00-{Id}-{Span}-1")]
    [InlineData($"00-{Id}-{Span}-01-")]
    [InlineData($"00-{Id}-{Span}")]
    [InlineData($"00_{Id}_{Span}_01")]
    [InlineData($"00-00000000000000000000000000000000-{Span}-01")]
    [InlineData($"00-{Id}-0000000000000000-01")]
    [InlineData($"00-0AF7651916CD43DD8448EB211C80319C-{Span}-01")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void NewParent_SaysWhatAnActivityWouldSay(string traceParent)
    {
        var hasParent = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = new Activity("expected").SetIdFormat(ActivityIdFormat.W3C);
        activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);

        var made = TraceLink.Of(traceParent).NewParent();

        Assert.True(ActivityContext.TryParse(made, null, out var context));
        Assert.NotEqual(parent.SpanId, context.SpanId);
        Assert.Equal(hasParent, context.TraceId == parent.TraceId);
        Assert.Equal(hasParent ? activity.ActivityTraceFlags : ActivityTraceFlags.None, context.TraceFlags);
    }

    [Fact]
    public void NewParent_OfOneTrace_IsAnotherEachTime()
    {
        var link = TraceLink.Of("");

        var (one, other) = (link.NewParent(), link.NewParent());

        Assert.NotEqual(one, other);
        Assert.Equal(one[..36], other[..36]);
    }

    [Fact]
    public void Of_Malformed_IsANewTraceEachTime() => Assert.NotEqual(TraceLink.Of(""), TraceLink.Of(""));
}
