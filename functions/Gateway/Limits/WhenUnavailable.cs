namespace Gateway.Limits;

/// <summary>What an exact limit does while storage is away.</summary>
public enum WhenUnavailable
{
    /// <summary>Spend what is held, then 503.</summary>
    Reject,

    /// <summary>Let requests in, at most so many in each instance.</summary>
    Admit,
}
