using Microsoft.AspNetCore.Http;

namespace Mesh.Callers;

/// <summary>The app's policies: its own, and those of its endpoints.</summary>
internal sealed class CallerRules
{
    /// <summary>For everything that has no policy of its own. Set before the app starts.</summary>
    public CallerPolicy ForApp { get; set; } = CallerPolicy.AnyWorkload;

    public CallerPolicy For(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<CallerPolicy>() ?? ForApp;
}
