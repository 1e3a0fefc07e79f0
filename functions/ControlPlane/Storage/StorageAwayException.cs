namespace ControlPlane.Storage;

/// <summary>Storage does not answer; whether a write happened may be unknown.</summary>
public sealed class StorageAwayException(string message, Exception? inner) : Exception(message, inner);
