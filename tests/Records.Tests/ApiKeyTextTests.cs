using CsCheck;

namespace Records.Tests;

public sealed class ApiKeyTextTests
{
    private static readonly Pepper Old = PepperOf(1);
    private static readonly Pepper New = PepperOf(2);

    private static readonly Gen<ApiKeyText> Keys =
        from kind in Gen.Enum<ApiKeyKind>()
        from id in Gen.Char[Base62.Alphabet].Array[ApiKeyText.IdLength]
        from secret in Gen.Char[Base62.Alphabet].Array[ApiKeyText.SecretLength]
        select ApiKeyText.Build(kind, new string(id), new string(secret), New);

    [Fact]
    public void TryParse_WhatWasBuilt_GivesTheSameParts() => Keys.Sample(key =>
    {
        var fault = ApiKeyText.TryParse(key.Reveal(), out var parsed);

        return fault == ApiKeyFault.None && parsed!.Id == key.Id && parsed.Kind == key.Kind && parsed.Reveal() == key.Reveal();
    });

    [Fact]
    public void TryParse_OneCharacterChanged_IsRefused() =>
        Gen.Select(Keys, Gen.Int[0, ApiKeyText.Length - 1], Gen.Char).Where((key, at, other) => key.Reveal()[at] != other).Sample((key, at, other) =>
        {
            var text = key.Reveal().ToCharArray();
            text[at] = other;

            return ApiKeyText.TryParse(text, out var parsed) != ApiKeyFault.None && parsed is null;
        });

    [Fact]
    public void TryParse_TwoNeighboursSwapped_IsRefused() =>
        Gen.Select(Keys, Gen.Int[0, ApiKeyText.Length - 2]).Where((key, at) => key.Reveal()[at] != key.Reveal()[at + 1]).Sample((key, at) =>
        {
            var text = key.Reveal().ToCharArray();
            (text[at], text[at + 1]) = (text[at + 1], text[at]);

            return ApiKeyText.TryParse(text, out _) != ApiKeyFault.None;
        });

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Gen.String.Sample(text => ApiKeyText.TryParse(text, out _) != ApiKeyFault.None);

    [Theory]
    [InlineData("")]
    [InlineData("sgw_live_")]
    [InlineData("sgw_prod_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("SGW_LIVE_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sgw_live_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-")]
    [InlineData("sgw_live_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u00e9")]
    public void TryParse_OtherShape_SaysShape(string text) => Assert.Equal(ApiKeyFault.Shape, ApiKeyText.TryParse(text, out _));

    [Fact]
    public void TryParse_Mistyped_SaysCheckDigits()
    {
        var text = ApiKeyText.Build(ApiKeyKind.Live, "abcdefghij", new string('s', 22), New).Reveal().Replace("abcdefghij", "abcdefghiJ", StringComparison.Ordinal);

        Assert.Equal(ApiKeyFault.CheckDigits, ApiKeyText.TryParse(text, out _));
    }

    [Fact]
    public void Create_HasTheFormOfTheArchitecture()
    {
        var text = ApiKeyText.Create(ApiKeyKind.Test, New).Reveal();

        Assert.Matches("^sgw_test_[0-9A-Za-z]{44}$", text);
        Assert.Equal(ApiKeyText.Length, text.Length);
    }

    [Fact]
    public void IsGenuine_CurrentAndPreviousPepper_OnlyThose()
    {
        var made = ApiKeyText.Create(ApiKeyKind.Live, Old);

        Assert.True(made.IsGenuine(new(Old)));
        Assert.True(made.IsGenuine(new(New, Old)));
        Assert.False(made.IsGenuine(new(New)));
    }

    [Fact]
    public void Matches_OtherSecretOfTheSameId_IsFalse()
    {
        var key = ApiKeyText.Build(ApiKeyKind.Live, "abcdefghij", new string('s', 22), New);
        var other = ApiKeyText.Build(ApiKeyKind.Live, "abcdefghij", new string('t', 22), New);
        var record = RecordOf(key, New);

        Assert.True(key.Matches(record, new(New)));
        Assert.False(other.Matches(record, new(New)));
    }

    [Fact]
    public void Matches_PepperDropped_IsFalse()
    {
        var key = ApiKeyText.Create(ApiKeyKind.Live, Old);
        var record = RecordOf(key, Old);

        Assert.True(key.Matches(record, new(New, Old)));
        Assert.False(key.Matches(record, new(New)));
    }

    [Fact]
    public void Matches_OtherKind_IsFalse()
    {
        var live = ApiKeyText.Build(ApiKeyKind.Live, "abcdefghij", new string('s', 22), New);
        var test = ApiKeyText.Build(ApiKeyKind.Test, "abcdefghij", new string('s', 22), New);

        Assert.False(test.Matches(RecordOf(live, New), new(New)));
    }

    [Fact]
    public void ToString_HoldsNoSecret()
    {
        var key = ApiKeyText.Build(ApiKeyKind.Live, "abcdefghij", new string('s', 22), New);

        Assert.Equal("sgw_live_abcdefghij", $"{key}");
    }

    [Fact]
    public void Crc32_CheckValue_IsTheStandardOne() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"));

    private static Pepper PepperOf(byte seed) => new(seed, [.. Enumerable.Repeat(seed, Pepper.MinimumBytes)]);

    private static KeyRecord RecordOf(ApiKeyText key, Pepper pepper) => new()
    {
        Id = key.Id,
        Kind = key.Kind,
        Consumer = "alice",
        Created = DateTimeOffset.UnixEpoch,
        PepperVersion = pepper.Version,
        SecretHash = key.HashSecret(pepper),
    };
}
