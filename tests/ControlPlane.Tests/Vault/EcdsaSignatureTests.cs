using System.Security.Cryptography;
using ControlPlane.Vault;

namespace ControlPlane.Tests.Vault;

public sealed class EcdsaSignatureTests
{
    [Theory]
    [InlineData("0102", "3006020101020102")]
    [InlineData("8001", "300702020080020101")]
    [InlineData("00017F00", "300702010102027F00")]
    [InlineData("0000", "3006020100020100")]
    [InlineData("00000001", "3006020100020101")]
    public void ToDer_WritesShortestPositiveNumbers(string rAndS, string der) =>
        Assert.Equal(der, Convert.ToHexString(EcdsaSignature.ToDer(Convert.FromHexString(rAndS))));

    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    public void ToDer_IsWhatThePlatformVerifies(int size)
    {
        using var key = ECDsa.Create(size == 384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);

        // Numbers with leading zeros are one in 128: enough tries to meet some.
        for (var i = 0; i < 500; i++)
        {
            var digest = SHA256.HashData(BitConverter.GetBytes(i));
            var der = EcdsaSignature.ToDer(key.SignHash(digest, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
            Assert.True(key.VerifyHash(digest, der, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    public void ToDer_OfWhatIsNoPair_Fails(int length) => Assert.Throws<FormatException>(() => EcdsaSignature.ToDer(new byte[length]));
}
