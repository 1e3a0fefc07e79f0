namespace Mesh.Leaves;

/// <summary>A certificate could not be loaded. The message holds nothing secret.</summary>
internal sealed class LeafUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
