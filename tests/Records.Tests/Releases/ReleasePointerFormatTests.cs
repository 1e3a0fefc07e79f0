using System.Globalization;
using System.Text;
using Records.Releases;

namespace Records.Tests.Releases;

public sealed class ReleasePointerFormatTests
{
    private static readonly ReleasePointer Pointer = new() { Moves = [Move(3, null), Move(2, "b"), Move(1, "a") with { Note = "the first" }] };

    [Fact]
    public void Read_WhatWasWritten_IsThePointer()
    {
        var (pointer, problem) = ReleasePointerFormat.Read(ReleasePointerFormat.Write(Pointer));

        Assert.Null(problem);
        Assert.Equivalent(Pointer, pointer, strict: true);
        Assert.Null(pointer!.Last.Release);
    }

    [Theory]
    [InlineData("", "damaged")]
    [InlineData("null", "empty")]
    [InlineData("""{"format":1}""", "damaged")]
    [InlineData("""{"format":1,"moves":[]}""", "no move")]
    public void Read_Damage_IsSaid(string text, string said)
    {
        var (pointer, problem) = ReleasePointerFormat.Read(Encoding.UTF8.GetBytes(text));

        Assert.Null(pointer);
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":2", "format 2")]
    [InlineData("\"format\":1", "\"format\":0", "format 0")]
    [InlineData("\"id\":\"m1\"", "\"id\":\"m1\",\"id\":\"m2\"", "damaged")]
    [InlineData("\"id\":\"m1\"", "\"id\":\"m1\",\"other\":1", "damaged")]
    [InlineData("\"by\":\"someone\"", "\"by\":null", "damaged")]
    [InlineData("\"release\":\"aaaa", "\"release\":\"../a", "no release")]
    public void Read_OneThingChanged_IsRefused(string from, string to, string said)
    {
        var text = Encoding.UTF8.GetString(ReleasePointerFormat.Write(Pointer));
        Assert.Contains(from, text, StringComparison.Ordinal);

        var (pointer, problem) = ReleasePointerFormat.Read(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));

        Assert.Null(pointer);
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Moved_ManyTimes_KeepsTheLastFifty_AndStaysSmall()
    {
        ReleasePointer? pointer = null;
        for (var number = 1; number <= 60; number++)
        {
            pointer = ReleasePointer.Moved(pointer, Move(number, "a") with { Note = new('ä', 500) });
        }

        Assert.Equal((50, "m60", "m11"), (pointer!.Moves.Count, pointer.Last.Id, pointer.Moves[^1].Id));
        Assert.InRange(ReleasePointerFormat.Write(pointer).Length, 1, ReleasePointer.MostBytes);
    }

    private static ReleaseMove Move(int number, string? digit) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"m{number}"),
        Release = digit is null ? null : string.Concat(Enumerable.Repeat(digit, 64)),
        At = DateTimeOffset.UnixEpoch.AddSeconds(number),
        By = "someone",
    };
}
