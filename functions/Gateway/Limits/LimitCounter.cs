namespace Gateway.Limits;

/// <summary>The count of one limit for one key. Whoever calls holds its <see cref="Gate"/>.</summary>
internal abstract class LimitCounter
{
    public Lock Gate { get; } = new();

    /// <summary>Counters are locked in the order of their numbers, so that two requests never wait for each other.</summary>
    public long Number { get; set; }

    /// <summary>
    /// True: nobody has counted with it yet. It must not be forgotten: a request that wants two counters would drop the first by
    /// asking for the second, for ever.
    /// </summary>
    public bool IsNew { get; set; } = true;

    /// <summary>True: forgotten; whoever still holds it has to look for its successor.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Brings the count up to date and says how it stands.</summary>
    public abstract LimitReading Read(LimitQuota quota, LimitInstant now);

    /// <summary>Takes one; there is room, as a reading at the same instant has said.</summary>
    public abstract void Take(LimitQuota quota, LimitInstant now);

    /// <summary>Gives back what is held until the end of the request.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>What the counter knows: nothing (zero: it is as a new one would be), a little, much; null: it must not be forgotten.</summary>
    public abstract long? Weight(LimitInstant now);
}
