using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Mesh.Callers;

/// <summary>Puts the caller's judgement before everything that the app installs.</summary>
internal sealed class CallerStartupFilter(CallerRouting routing) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<CallerMiddleware>();
        // This runs when the pipeline is built, and then the app's routes are known.
        app.Use(pipeline => routing.Before(app, pipeline));
        next(app);
    };
}
