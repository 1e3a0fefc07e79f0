namespace ControlPlane.Access;

/// <summary>Who calls the management API, as a credential proves.</summary>
/// <param name="Who">For the log.</param>
/// <param name="MayChange">False: may look only.</param>
internal sealed record ManageCaller(string Who, bool MayChange);
