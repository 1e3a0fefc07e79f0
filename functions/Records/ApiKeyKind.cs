namespace Records;

/// <summary>What a key is for; the second word of its text.</summary>
public enum ApiKeyKind
{
    Live,
    Test,
}
