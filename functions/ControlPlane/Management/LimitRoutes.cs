namespace ControlPlane.Management;

/// <summary>The operations on the counts of limits.</summary>
internal static class LimitRoutes
{
    // Repeated in the query, once for each part.
    private const string Key = "key";

    public static IReadOnlyList<ManagementRoute> All { get; } =
    [
        new("showLimit", "GET", "/limits/{limit}/state", call => WithKeyAsync(call, async parts =>
            call.Of(await call.Limits.FindAsync(call.Target, parts, call.Cancellation), state => Answer.Json(200, state, ManagementJson.Default.LimitState)))),
        new("resetLimit", "DELETE", "/limits/{limit}/state", call => WithKeyAsync(call, async parts =>
            call.Of(await call.Limits.ResetAsync(call.Target, parts, call.Cancellation), reset => Answer.Json(200, reset, ManagementJson.Default.LimitReset)))),
    ];

    // A mistyped parameter must not make the call one about everything together.
    private static Task<Answer> WithKeyAsync(ManagementCall call, Func<IReadOnlyList<string>, Task<Answer>> next)
    {
        var query = call.Context.Request.Query;
        return query.Keys.Any(name => name != Key)
            ? Task.FromResult(call.Refuse(Problem.Invalid($"The query has something other than {Key}. Repeat {Key} for each part.")))
            : next([.. query[Key].Select(part => part ?? "")]);
    }
}
