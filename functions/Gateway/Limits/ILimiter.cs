namespace Gateway.Limits;

/// <summary>Counts: in this process, or exactly over all instances.</summary>
internal interface ILimiter
{
    /// <summary>Takes one from each, or none at all: refused requests are never charged. A shadow limit without room is not charged and refuses nothing.</summary>
    ValueTask<LimitVerdict> TryTakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation);

    /// <summary>
    /// The same for the only limit of a request, where nothing has to be waited for and nothing is held: then nothing is allocated. False: that is
    /// not so, and nothing was taken.
    /// </summary>
    bool TryDecide(in LimitCharge only, out LimitDecision decision)
    {
        decision = default;
        return false;
    }
}

/// <summary>One limit that a request is charged to.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Quota">What the caller's plan makes of it.</param>
/// <param name="Key">Whose it is.</param>
/// <param name="Shadow">True: it refuses nothing.</param>
internal readonly record struct LimitCharge(string Limit, LimitQuota Quota, string Key, bool Shadow);

/// <summary>What came of it.</summary>
/// <param name="IsAdmitted">One was taken from each.</param>
/// <param name="Readings">How each limit stands now, in the order of the charges.</param>
/// <param name="Finish">To be called once when the request is over; null: nothing is held.</param>
internal sealed record LimitVerdict(bool IsAdmitted, IReadOnlyList<LimitReading> Readings, Action? Finish = null)
{
    /// <summary>Not admitted because a limit cannot be counted now, and rather refuses than guesses.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>The reading of the local clock that admitted, in ticks of 100 ns. Null: no exact limit was asked.</summary>
    public long? AdmittedAt { get; init; }

    /// <summary>Ends when what is held is lost before the request has ended: it must end then. Null: nothing is held.</summary>
    public Task? Lost { get; init; }
}

/// <summary>How a limit stands.</summary>
/// <param name="HadRoom">True: this one did not refuse.</param>
/// <param name="Remaining">How many more are let in now.</param>
/// <param name="Next">Until there is room for one more than now; null: nobody can say.</param>
internal readonly record struct LimitReading(bool HadRoom, long Remaining, TimeSpan? Next)
{
    /// <summary>True: storage is away, and nobody knows whether there was room.</summary>
    public bool IsUnknown { get; init; }
}
