using System.Net;
using ControlPlane.Access;
using ControlPlane.Tests.Management;
using ControlPlane.Vault;
using Microsoft.AspNetCore.Http;

namespace ControlPlane.Tests.Access;

/// <summary>Which calls a credential lets through, over a real socket.</summary>
public sealed class ManageAccessTests
{
    [Fact]
    public async Task Caller_WhoMayOnlyLook_IsRefusedAtChanges()
    {
        await using var server = await ManagementServer.StartAsync(credentials: new OneCaller(new("entra reader", MayChange: false)));

        using var looked = await server.Anonymous.GetAsync("/consumers", TestContext.Current.CancellationToken);
        using var changed = await server.Anonymous.PostAsync("/consumers", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (looked.StatusCode, changed.StatusCode));
        Assert.Contains("/problems/forbidden", await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(server.Log.Lines, line => line.Contains("POST /consumers by entra reader: 403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Caller_WhoMayChange_IsNamedInTheLog()
    {
        await using var server = await ManagementServer.StartAsync(credentials: new OneCaller(new("entra editor", MayChange: true)));

        using var changed = await server.Anonymous.PostAsync("/consumers", null, TestContext.Current.CancellationToken);

        Assert.NotEqual(HttpStatusCode.Forbidden, changed.StatusCode);
        Assert.Contains(server.Log.Lines, line => line.Contains("by entra editor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credential_ThatCannotBeChecked_IsNotCalledWrong()
    {
        await using var server = await ManagementServer.StartAsync(credentials: new OneCaller(null));
        server.Anonymous.DefaultRequestHeaders.Authorization = new("Bearer", "anything");

        using var unknown = await server.Anonymous.GetAsync("/consumers", TestContext.Current.CancellationToken);
        using var known = await server.Client.GetAsync("/consumers", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (unknown.StatusCode, known.StatusCode));
    }

    /// <summary>Everybody is this caller. Null: the vault is away.</summary>
    private sealed class OneCaller(ManageCaller? caller) : IManageCredential
    {
        public ValueTask<ManageCaller?> IdentifyAsync(HttpRequest request, CancellationToken cancellation) =>
            caller is null ? throw new VaultAwayException("The vault one.vault cannot be reached.", null) : new(caller);
    }
}
