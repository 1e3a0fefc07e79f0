namespace Gateway.Limits;

/// <summary>What came of the only limit of a request, where that was known at once and nothing is held.</summary>
/// <param name="IsAdmitted">One was taken, or the limit is a shadow.</param>
/// <param name="Reading">How the limit stands now.</param>
/// <param name="AdmittedAt">The reading of the local clock that admitted, in ticks of 100 ns. Null: no exact limit was asked.</param>
internal readonly record struct LimitDecision(bool IsAdmitted, LimitReading Reading, long? AdmittedAt);
