namespace Gateway;

/// <summary>Settings that every route inherits.</summary>
public sealed record DefaultsConfig : RouteSettings;
