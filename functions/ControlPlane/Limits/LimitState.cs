namespace ControlPlane.Limits;

/// <summary>How a limit stands for one key.</summary>
/// <param name="Limit">Its name.</param>
/// <param name="Key">Whose it is, part by part; none: everything together.</param>
/// <param name="At">The instant, by the control plane's clock, that what is available was estimated for.</param>
/// <param name="Ledgers">One for each way of counting that has rows; mostly there is one.</param>
public sealed record LimitState(string Limit, IReadOnlyList<string> Key, DateTimeOffset At, IReadOnlyList<LedgerState> Ledgers);
