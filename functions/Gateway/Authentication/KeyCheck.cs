using Microsoft.AspNetCore.Http;

namespace Gateway.Authentication;

/// <summary>Looks for an API key in a request and checks it; none when no key was sent.</summary>
internal delegate ValueTask<AuthenticationResult> KeyCheck(HttpContext context, KeysConfig keys);
