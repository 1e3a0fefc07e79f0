namespace Records.Trust;

/// <summary>A certificate that was revoked.</summary>
/// <param name="Serial">Serial number, upper-case hexadecimal.</param>
/// <param name="Until">When it would have expired anyway; from then on it need not be listed.</param>
public sealed record RefusedSerial(string Serial, DateTimeOffset Until);
