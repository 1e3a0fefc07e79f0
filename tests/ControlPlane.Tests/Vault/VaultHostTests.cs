using ControlPlane.Vault;

namespace ControlPlane.Tests.Vault;

public sealed class VaultHostTests
{
    [Theory]
    [InlineData("https://gw-control.vault.azure.net/", "https://vault.azure.net/.default")]
    [InlineData("https://GW.VAULT.AZURE.NET/", "https://vault.azure.net/.default")]
    [InlineData("https://gw.vault.usgovcloudapi.net/", "https://vault.usgovcloudapi.net/.default")]
    public void ScopeOf_AVault_IsItsCloudsResource(string vault, string scope) => Assert.Equal(scope, VaultHost.ScopeOf(new(vault), isEmulator: false));

    [Theory]
    [InlineData("https://localhost:7091/")]
    [InlineData("https://evilvault.azure.net/")]
    [InlineData("https://vault.azure.net.example.com/")]
    [InlineData("https://vault.azure.net/")]
    public void ScopeOf_WhatIsNoVault_IsRefused(string address) => Assert.Throws<ArgumentException>(() => VaultHost.ScopeOf(new(address), isEmulator: false));

    [Fact]
    public void ScopeOf_AnEmulator_IsThePublicCloudsResource() => Assert.Equal("https://vault.azure.net/.default", VaultHost.ScopeOf(new("https://localhost:7091/"), isEmulator: true));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ScopeOf_PlainHttp_IsRefused(bool isEmulator) => Assert.Throws<ArgumentException>(() => VaultHost.ScopeOf(new("http://gw.vault.azure.net/"), isEmulator));
}
