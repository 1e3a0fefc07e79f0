namespace ControlPlane.Access;

/// <summary>An application of Microsoft Entra ID whose roles may manage.</summary>
public sealed record EntraSettings
{
    /// <summary>The role that may do all.</summary>
    public const string ManageRole = "Gateway.Manage";

    /// <summary>The role that may look only.</summary>
    public const string ReadRole = "Gateway.Read";

    /// <summary>Id of the tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The application's id, or its id URI such as api://…</summary>
    public string Audience { get; init; } = "";

    /// <summary>Where tokens come from. Default: the public cloud.</summary>
    public Uri Login { get; init; } = new("https://login.microsoftonline.com");
}
