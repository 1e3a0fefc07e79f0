namespace Benchmarks.SideBySide;

/// <summary>What requests of a work prove themselves with.</summary>
internal enum Credential
{
    None,
    ApiKey,

    /// <summary>One of few tokens, which a proxy may know already.</summary>
    Token,

    /// <summary>A token that no proxy has seen, or only so long ago that none still knows it.</summary>
    EveryToken,
}
