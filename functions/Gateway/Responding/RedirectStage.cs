using Gateway.Requests;
using Gateway.Templates;
using Microsoft.AspNetCore.Http;

namespace Gateway.Responding;

/// <summary>Sends the client elsewhere. No value of the request can choose the host.</summary>
internal sealed class RedirectStage : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        if (route.Redirect is not { } redirect)
        {
            return next;
        }

        if (!TryParse(redirect.To, out var template, out var error))
        {
            throw new InvalidOperationException($"The validation let the redirect of {route.Name} through: {error}");
        }

        return context => Redirect(context, redirect.Status, template!);
    }

    /// <summary>Parses where to; for the rules of the configuration too. The error is a sentence for the operator.</summary>
    public static bool TryParse(string to, out UrlTemplate? template, out string? error) =>
        UrlTemplate.TryParse(to, TemplateSources.Request, absolute: true, out template, out error);

    private static Task Redirect(HttpContext context, int status, UrlTemplate template)
    {
        var filling = template.Fill(new RequestTemplateValues(context));
        if (filling.Text is not { } location)
        {
            return context.Refuse(filling.ToFailure());
        }

        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
