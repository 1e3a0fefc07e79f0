using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>A well-formed key that a request shows. A class and no record: nothing prints or compares a secret by accident.</summary>
/// <param name="text">The key.</param>
/// <param name="provedUnder">The peppers under which it was proved to be genuine and the secret of its record; null: nothing is proved yet.</param>
internal sealed class ShownKey(ApiKeyText text, Peppers? provedUnder = null)
{
    public ApiKeyText Text => text;

    public bool IsProvedUnder(Peppers peppers) => ReferenceEquals(provedUnder, peppers);
}
