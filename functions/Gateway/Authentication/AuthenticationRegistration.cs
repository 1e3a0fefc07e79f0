using Gateway.Authentication.Jwt;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Authentication;

internal static class AuthenticationRegistration
{
    /// <summary>Registers the stage and everything about tokens. <see cref="KeyCheck"/> and <see cref="IConsumerDirectory"/> come with the API keys.</summary>
    public static IServiceCollection AddTokenAuthentication(this IServiceCollection services) => services
        .AddSingleton(new TokenCache())
        .AddSingleton(provider => new IssuerClient(new HttpMessageInvoker(IssuerConnections.CreateHandler()), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<JwtMetrics>()
        .AddSingleton<IssuerRegistry>()
        .AddSingleton<TokenVerifier>()
        .AddSingleton<TokenAuthenticator>()
        .AddSingleton<AuthenticationMetrics>()
        .AddSingleton<AuthenticationStage>();
}
