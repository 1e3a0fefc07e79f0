namespace EndToEnd.Harness;

/// <summary>The local token issuer.</summary>
internal static class Issuer
{
    /// <summary>A token that says what these fields of the request to the issuer ask for.</summary>
    public static async Task<string> TokenAsync(string address, params (string Name, string Value)[] fields)
    {
        using var client = Http.NewClient(address);
        using var form = new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value));
        using var response = await client.PostAsync("/token", form, TestContext.Current.CancellationToken);
        return (await response.JsonAsync()).GetProperty("access_token").GetString()!;
    }
}
