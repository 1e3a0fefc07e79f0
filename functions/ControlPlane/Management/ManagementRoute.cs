namespace ControlPlane.Management;

/// <summary>One operation of the API.</summary>
/// <param name="Name">Its operationId.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path template.</param>
/// <param name="Handle">Carries it out.</param>
internal sealed record ManagementRoute(string Name, string Method, string Pattern, Func<ManagementCall, Task<Answer>> Handle)
{
    /// <summary>True: anyone may call it.</summary>
    public bool IsOpen { get; init; }
}
