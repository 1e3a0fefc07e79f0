namespace Gateway.Limits;

/// <summary>What a limit can count apart.</summary>
public enum LimitKeyKind
{
    Consumer,
    Address,
    Route,
    Claim,
    Header,
}
