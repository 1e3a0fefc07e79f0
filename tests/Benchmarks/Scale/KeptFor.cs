namespace Benchmarks.Scale;

/// <summary>How long a full cache keeps what is not asked for again (Che's approximation of one that forgets the least recently used).</summary>
internal static class KeptFor
{
    private const int Halvings = 100;

    /// <summary>Seconds until so many different consumers have asked one instance; no more than the longest.</summary>
    public static double Seconds(IReadOnlyList<ConsumerGroup> groups, int instances, double capacity, double longest)
    {
        var (low, high) = (0.0, longest);
        if (Distinct(groups, instances, longest) <= capacity)
        {
            return longest;
        }

        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = Distinct(groups, instances, middle) < capacity ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>Different consumers that ask one instance within so many seconds.</summary>
    public static double Distinct(IReadOnlyList<ConsumerGroup> groups, int instances, double seconds) =>
        groups.Sum(group => group.Consumers * (1 - Math.Exp(-group.PerSecond / instances * seconds)));
}
