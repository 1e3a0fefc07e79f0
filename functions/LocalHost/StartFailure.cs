namespace LocalHost;

/// <summary>Something that keeps the local host from starting, in words for the person who started it.</summary>
internal sealed class StartFailure(string message) : Exception(message);
