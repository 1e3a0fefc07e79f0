namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Between which two steps a spend is.</summary>
internal enum SpendStep
{
    None,
    Taken,
    Read,
}
