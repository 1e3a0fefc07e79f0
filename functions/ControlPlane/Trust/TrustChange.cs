using Records.Trust;

namespace ControlPlane.Trust;

/// <summary>What a change makes of a bundle: the next one, the same instance where there is nothing to change, or why it must not be.</summary>
public readonly record struct TrustChange(TrustBundle? Bundle, string? Refusal)
{
    public static implicit operator TrustChange(TrustBundle bundle) => new(bundle, null);

    public static implicit operator TrustChange(string refusal) => new(null, refusal);
}
