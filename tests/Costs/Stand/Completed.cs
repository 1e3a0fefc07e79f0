namespace Costs.Stand;

/// <summary>Sees to it that what was begun has ended, and counts what did not end at once: another thread may have gone on with it.</summary>
internal static class Completed
{
    [ThreadStatic]
    private static int _late;

    /// <summary>What did not end at once on this thread so far.</summary>
    public static int Late => _late;

    public static void Now(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            _late++;
            task.GetAwaiter().GetResult();
        }
    }

    public static T Now<T>(ValueTask<T> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return task.Result;
        }

        _late++;
        return task.AsTask().GetAwaiter().GetResult();
    }
}
