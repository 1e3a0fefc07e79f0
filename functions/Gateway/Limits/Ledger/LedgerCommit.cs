using Records;

namespace Gateway.Limits.Ledger;

/// <summary>What a commit would make of a row, or why it must not be made.</summary>
/// <param name="Fault">When it is not None, there is nothing else here.</param>
/// <param name="Row">The row to write.</param>
/// <param name="Granted">Tokens granted, zero included.</param>
/// <param name="Terms">Under which they are granted.</param>
internal sealed record LedgerCommit(LedgerFault Fault, LedgerRow? Row = null, long Granted = 0, LeaseTerms? Terms = null);
