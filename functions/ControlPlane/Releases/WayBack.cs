using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>
/// What a rollback goes to: what served before. A move to the one before takes the last move back, so that two rollbacks go two releases back and
/// not to and fro.
/// </summary>
internal static class WayBack
{
    /// <summary>Hash of the release to go back to. Null: there is none, or the packaged file served then.</summary>
    public static string? From(ReleasePointer? at)
    {
        var served = new List<string?>();
        foreach (var move in (at?.Moves ?? []).Reverse())
        {
            if (served.Count > 1 && served[^2] == move.Release)
            {
                served.RemoveAt(served.Count - 1);
            }
            else
            {
                served.Add(move.Release);
            }
        }

        return served.Count > 1 ? served[^2] : null;
    }
}
