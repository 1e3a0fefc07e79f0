namespace Gateway.Tests.Limits.Simulation;

/// <summary>What becomes of one call to storage.</summary>
/// <param name="MadeAfter">Ticks until it happens; null: never.</param>
/// <param name="EndsAfter">Ticks until the caller goes on.</param>
/// <param name="IsAnswered">False: the caller gives up.</param>
internal readonly record struct CallFate(long? MadeAfter, long EndsAfter, bool IsAnswered);
