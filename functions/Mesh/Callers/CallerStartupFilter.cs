using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Mesh.Callers;

/// <summary>Puts the caller's judgement before everything that the app installs.</summary>
internal sealed class CallerStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<CallerMiddleware>();
        next(app);
    };
}
