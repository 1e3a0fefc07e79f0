namespace ControlPlane.Certificates;

/// <summary>A vault does not answer; whether something was done may be unknown.</summary>
public sealed class VaultAwayException(string message, Exception? inner) : Exception(message, inner);
