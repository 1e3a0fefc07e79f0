namespace EndToEnd.Harness;

/// <summary>Waits for what will be so: asks again until it is, and fails when it never is.</summary>
internal static class Eventually
{
    // Far beyond what anything here takes: the bound is for a broken build, not a promise of speed.
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(60);

    /// <param name="within">More than the usual bound, for what takes long by design.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < (within ?? GiveUp), $"It never came true: {what}.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? within = null) => HoldsAsync(() => Task.FromResult(condition()), what, within);
}
