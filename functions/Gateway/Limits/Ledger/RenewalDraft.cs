namespace Gateway.Limits.Ledger;

/// <summary>A prepared renewal, or why there is none.</summary>
internal readonly record struct RenewalDraft(Renewal? Renewal, LedgerFault Fault);
