namespace Gateway.Secrets;

/// <summary>Why a secret cannot be taken from the vault.</summary>
internal enum SecretFault
{
    /// <summary>The vault has none of this name.</summary>
    Missing,

    /// <summary>It holds nothing, or nothing but spaces.</summary>
    Empty,

    /// <summary>It holds a line break or another control character, or a letter that is not ASCII, and so cannot stand in a header.</summary>
    Unprintable,

    /// <summary>The vault does not answer, or does not let us read it.</summary>
    Unreadable,
}
