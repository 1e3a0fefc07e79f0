using Mesh.Identities;

namespace Mesh.Callers;

/// <summary>The workload that made a request, as its certificate proves. A request feature; absent from plain calls.</summary>
public interface IMeshCaller
{
    WorkloadId Id { get; }

    /// <summary>Serial number of its certificate, upper-case hexadecimal.</summary>
    string Serial { get; }
}
