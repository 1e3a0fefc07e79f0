using Microsoft.AspNetCore.Http;

namespace Gateway.Authentication;

/// <summary>Looks for an API key in a request and checks it; none when no key was sent.</summary>
/// <param name="context">The request.</param>
/// <param name="keys">Where keys are, and for how long they outlive storage.</param>
/// <param name="defaultPlan">The plan of consumers that name none.</param>
internal delegate ValueTask<AuthenticationResult> KeyCheck(HttpContext context, KeysConfig keys, string? defaultPlan);
