namespace EndToEnd.Harness;

/// <summary>How long a rotation of a certificate took, from when it was asked for.</summary>
/// <param name="Service">Whose.</param>
/// <param name="Named">Until the trust bundle named the new one as in use.</param>
/// <param name="Everywhere">Until every instance used it.</param>
/// <param name="Over">Until the old one was retired.</param>
internal sealed record RotationFigure(string Service, TimeSpan Named, TimeSpan Everywhere, TimeSpan Over);
