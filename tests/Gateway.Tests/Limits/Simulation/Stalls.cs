namespace Gateway.Tests.Limits.Simulation;

/// <summary>A process may be stopped at any point of its code; where it reads the clock it matters most.</summary>
/// <param name="Share">Of the readings at which it happens.</param>
/// <param name="Longest">Ticks.</param>
internal readonly record struct Stalls(double Share, long Longest);
