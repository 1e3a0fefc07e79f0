namespace Mesh.Trust;

/// <summary>A bundle that may be acted on, or why not.</summary>
internal readonly record struct BundleVerdict(TrustView? View, BundleRefusal? Refusal, string? Detail)
{
    public static BundleVerdict Good(TrustView view) => new(view, null, null);

    public static BundleVerdict Bad(BundleRefusal refusal, string detail) => new(null, refusal, detail);
}
