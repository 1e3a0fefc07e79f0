using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mesh.Local;

/// <summary>What a local host gives a member of its mesh that is a process of its own, in the file that <see cref="MeshOptions.Local"/> names.</summary>
public sealed record LocalMembership
{
    /// <summary>The format that this release writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly LocalMembershipJson _json = new(new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public int Format { get; init; } = CurrentFormat;

    public required string Service { get; init; }

    public required string TrustDomain { get; init; }

    /// <summary>The member's own vault, on this machine.</summary>
    public required Uri Vault { get; init; }

    /// <summary>The certificate that the vault proves itself with, in PEM; no other is trusted there.</summary>
    public required string VaultCertificate { get; init; }

    /// <summary>What the vault takes for a proof that the member calls.</summary>
    public required string Token { get; init; }

    /// <summary>Connection string of the mesh's tables, on this machine.</summary>
    public required string Tables { get; init; }

    /// <summary>The longest <see cref="MeshOptions.ConnectionAge"/>, and the longest <see cref="MeshOptions.Drain"/>, that the local control plane waits for.</summary>
    public required TimeSpan ConnectionAge { get; init; }

    /// <summary>The file's text. It holds the token: for its owner's eyes only.</summary>
    public string ToText() => JsonSerializer.Serialize(this, _json.LocalMembership) + "\n";

    /// <exception cref="JsonException">The text is no such file's.</exception>
    internal static LocalMembership Parse(string text) => JsonSerializer.Deserialize(text, _json.LocalMembership) ?? throw new JsonException("It is empty.");

    /// <summary>Never the token: records print their members.</summary>
    public override string ToString() => $"{nameof(LocalMembership)} of {Service}";
}
