namespace Mesh.Verification;

/// <summary>A demand that chain building does not make.</summary>
/// <param name="Name">Names the rule to its test.</param>
/// <param name="Refusal">What a certificate that breaks it is refused for.</param>
/// <param name="Problem">What the certificate breaks it by, as a sentence; null: nothing.</param>
internal sealed record LeafRule(string Name, MeshRefusal Refusal, Func<LeafUnderTest, string?> Problem);
