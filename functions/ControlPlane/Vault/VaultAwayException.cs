namespace ControlPlane.Vault;

/// <summary>A vault does not answer, or asks to be left alone; whether what was asked for has happened may be unknown.</summary>
public sealed class VaultAwayException(string message, Exception? inner) : Exception(message, inner);
