using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ControlPlane.Certificates;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Certificates;

/// <summary>The export is what SPIFFE Trust Domain and Bundle §4 and X509-SVID §6 ask for.</summary>
public sealed class SpiffeBundleTests
{
    private static readonly byte[] Message = [1, 2, 3];
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Write_OfTwoRoots_HasAKeyForEach()
    {
        using var first = new MeshAuthority(Now, "one");
        using var second = new MeshAuthority(Now, "two");

        var document = JsonDocument.Parse(SpiffeBundle.Write(BundleOf(first.Root, second.Root))).RootElement;

        Assert.Equal((12, 15), (document.GetProperty("spiffe_sequence").GetInt64(), document.GetProperty("spiffe_refresh_hint").GetInt64()));
        Assert.Equal([first.Root.Certificate, second.Root.Certificate], document.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("x5c").EnumerateArray().Single().GetBytesFromBase64()));
        Assert.All(document.GetProperty("keys").EnumerateArray(), key => Assert.Equal(["kty", "crv", "x", "y", "use", "x5c"], key.EnumerateObject().Select(member => member.Name)));
        Assert.All(document.GetProperty("keys").EnumerateArray(), key => Assert.Equal(("EC", "P-256", "x509-svid"), (Text(key, "kty"), Text(key, "crv"), Text(key, "use"))));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    public void Key_OfAnEllipticCurve_VerifiesWhatTheAuthoritySigned(int size)
    {
        using var signer = ECDsa.Create(size == 256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        var root = RootOf(new("CN=mesh", signer, HashAlgorithmName.SHA256));

        var key = KeyOf(root);

        using var read = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.CreateFromFriendlyName(Text(key, "crv") == "P-256" ? "nistP256" : "nistP384"),
            Q = { X = Base64Url.DecodeFromChars(Text(key, "x")), Y = Base64Url.DecodeFromChars(Text(key, "y")) },
        });
        Assert.True(read.VerifyData(Message, signer.SignData(Message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        Assert.Equal($"P-{size}", Text(key, "crv"));
    }

    [Fact]
    public void Key_OfRsa_VerifiesWhatTheAuthoritySigned()
    {
        using var signer = RSA.Create(2048);
        var root = RootOf(new("CN=mesh", signer, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        var key = KeyOf(root);

        using var read = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(Text(key, "n")), Exponent = Base64Url.DecodeFromChars(Text(key, "e")) });
        Assert.True(read.VerifyData(Message, signer.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss), HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        Assert.Equal("RSA", Text(key, "kty"));
    }

    [Fact]
    public void Write_OfAShortPoll_HintsAtASecond()
    {
        using var authority = new MeshAuthority(Now);

        var document = JsonDocument.Parse(SpiffeBundle.Write(BundleOf(authority.Root) with { Poll = TimeSpan.FromMilliseconds(200) })).RootElement;

        Assert.Equal(1, document.GetProperty("spiffe_refresh_hint").GetInt64());
    }

    internal static TrustBundle BundleOf(params TrustRoot[] roots) => new()
    {
        TrustDomain = MeshAuthority.TrustDomain,
        Sequence = 12,
        Issued = Now,
        Poll = TimeSpan.FromSeconds(15),
        MaxAge = TimeSpan.FromHours(1),
        Roots = roots,
        Authority = roots[0].Id,
    };

    private static TrustRoot RootOf(CertificateRequest request)
    {
        using var certificate = request.CreateSelfSigned(Now, Now.AddDays(1));
        return new() { Certificate = certificate.RawData, KeyVersion = "v1" };
    }

    private static JsonElement KeyOf(TrustRoot root) => JsonDocument.Parse(SpiffeBundle.Write(BundleOf(root))).RootElement.GetProperty("keys")[0];

    private static string Text(JsonElement key, string name) => key.GetProperty(name).GetString()!;
}
