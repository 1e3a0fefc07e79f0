namespace Gateway.Limits;

/// <summary>Counts in this process. All counters of a request are locked at once, so that it takes from all or from none.</summary>
internal sealed class LocalLimiter(LimitCounters counters, TimeProvider time) : ILimiter
{
    public ValueTask<LimitVerdict> TryTakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation) => new(Take(charges));

    /// <inheritdoc/>
    public bool TryDecide(in LimitCharge only, out LimitDecision decision)
    {
        decision = default;
        while (!only.Quota.InFlight)
        {
            var counter = counters.Find(only, LimitInstant.Read(time));
            lock (counter.Gate)
            {
                if (!counter.IsForgotten)
                {
                    var reading = Take(counter, only.Quota, LimitInstant.Read(time));
                    decision = new(reading.HadRoom || only.Shadow, reading, null);
                    return true;
                }
            }
        }

        return false;
    }

    /// <param name="confirm">Asked last, while all counters are locked: false, and nothing is taken.</param>
    public LimitVerdict Take(IReadOnlyList<LimitCharge> charges, Func<bool>? confirm = null)
    {
        while (true)
        {
            var found = Find(charges);
            var locked = 0;
            var inOrder = found.Length == 1 ? found : [.. found.OrderBy(counter => counter.Number)];
            try
            {
                for (; locked < inOrder.Length; locked++)
                {
                    inOrder[locked].Gate.Enter();
                }

                if (!inOrder.Any(counter => counter.IsForgotten))
                {
                    return Take(charges, found, confirm);
                }
            }
            finally
            {
                while (locked > 0)
                {
                    inOrder[--locked].Gate.Exit();
                }
            }
        }
    }

    private static LimitReading Take(LimitCounter counter, LimitQuota quota, LimitInstant now)
    {
        counter.IsNew = false;
        var reading = counter.Read(quota, now);
        if (!reading.HadRoom)
        {
            return reading;
        }

        counter.Take(quota, now);
        return counter.Read(quota, now) with { HadRoom = true };
    }

    private LimitCounter[] Find(IReadOnlyList<LimitCharge> charges)
    {
        var now = LimitInstant.Read(time);
        return [.. charges.Select(charge => counters.Find(charge, now))];
    }

    private LimitVerdict Take(IReadOnlyList<LimitCharge> charges, LimitCounter[] found, Func<bool>? confirm)
    {
        // Read inside the locks: what counters see never goes backwards.
        var now = LimitInstant.Read(time);
        var readings = new LimitReading[found.Length];
        var admitted = true;
        for (var index = 0; index < found.Length; index++)
        {
            found[index].IsNew = false;
            readings[index] = found[index].Read(charges[index].Quota, now);
            admitted &= readings[index].HadRoom || charges[index].Shadow;
        }

        if (!admitted || confirm?.Invoke() == false)
        {
            return new(false, readings);
        }

        List<LimitCounter>? held = null;
        for (var index = 0; index < found.Length; index++)
        {
            if (readings[index].HadRoom)
            {
                found[index].Take(charges[index].Quota, now);
                readings[index] = found[index].Read(charges[index].Quota, now) with { HadRoom = true };
                if (charges[index].Quota.InFlight)
                {
                    (held ??= []).Add(found[index]);
                }
            }
        }

        return new(true, readings, held is null ? null : () => Finish(held));
    }

    private static void Finish(List<LimitCounter> held)
    {
        foreach (var counter in held)
        {
            lock (counter.Gate)
            {
                counter.Finish();
            }
        }
    }
}
