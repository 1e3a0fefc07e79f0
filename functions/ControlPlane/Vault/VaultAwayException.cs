namespace ControlPlane.Vault;

/// <summary>A vault does not answer, asks to be left alone, or does not give what everything depends on; whether what was asked for has happened may be unknown.</summary>
public sealed class VaultAwayException(string message, Exception? inner) : Exception(message, inner);
