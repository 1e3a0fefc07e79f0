using CsCheck;
using Gateway.Storage;

namespace Gateway.Tests.Storage;

public sealed class ClockMapTests
{
    [Fact]
    public void Set_BeyondCapacity_StaysBounded() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 2]).Array[0, 300].Sample(steps =>
        {
            var map = new ClockMap<string>(10);
            foreach (var (key, step) in steps)
            {
                switch (step)
                {
                    case 0:
                        map.Set($"{key}", $"{key}");
                        break;
                    case 1:
                        map.Clear($"{key}");
                        break;
                    default:
                        Assert.True(map.Find($"{key}") is null or { Length: > 0 });
                        break;
                }
            }

            return map.Count <= 10;
        });

    [Fact]
    public void Set_WhenFull_SparesWhatWasUsed()
    {
        var map = new ClockMap<string>(3);
        map.Set("a", "a");
        map.Set("b", "b");
        map.Set("c", "c");
        map.Find("a");

        map.Set("d", "d");

        Assert.Equal("a", map.Find("a"));
        Assert.Null(map.Find("b"));
        Assert.Equal("d", map.Find("d"));
    }

    [Fact]
    public void Clear_ThenFind_IsNothing()
    {
        var map = new ClockMap<string>(3);
        map.Set("a", "a");

        map.Clear("a");

        Assert.Null(map.Find("a"));
    }
}
