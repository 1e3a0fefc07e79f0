namespace Gateway.Tests.Limits.Simulation;

/// <summary>
/// What storage's servers take for the time: each errs by up to 5 ms, and any of them may serve a row. Their one timeline is the true one.
/// </summary>
internal sealed class ServerTimes(VirtualTime time, Random random)
{
    private static readonly long _spread = TimeSpan.FromMilliseconds(5).Ticks;

    // Now and then a row is moved to another server.
    private const int WritesToAMove = 200;

    private readonly Dictionary<string, long> _errors = [];

    public long Now(string partition)
    {
        if (random.Next(WritesToAMove) == 0 || !_errors.TryGetValue(partition, out var error))
        {
            // Half of them err by as much as they may.
            _errors[partition] = error = random.Next(4) switch
            {
                0 => _spread,
                1 => -_spread,
                _ => random.NextInt64(-_spread, _spread),
            };
        }

        return time.Now + error;
    }
}
