namespace ControlPlane;

/// <summary>The times that records carry.</summary>
internal static class Clock
{
    /// <summary>Now, in whole seconds: no reader needs more, and what is printed stays short.</summary>
    public static DateTimeOffset Now(this TimeProvider time) => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
}
