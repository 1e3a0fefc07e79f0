namespace Benchmarks;

/// <summary>Something that makes the figures worthless, in words for the person who measures.</summary>
internal sealed class BenchFailure(string message) : Exception(message);
