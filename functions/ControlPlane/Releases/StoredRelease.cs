namespace ControlPlane.Releases;

/// <summary>A release that is stored, without its text.</summary>
internal sealed record StoredRelease(string Hash, long Size, DateTimeOffset Stored);
