namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>A rolling window: no interval of its length holds more than L.</summary>
internal class WindowKind : Kind
{
    // Eleven units of model time, so that it does not divide evenly.
    private const long Window = 11;

    private readonly int _span;

    public WindowKind(Bounds bounds, Conduct conduct)
        : base(bounds, conduct)
    {
        // An interval of a window's length touches at most so many slots behind its first.
        var length = conduct.SlotLength(Window, bounds.S);
        _span = (int)Enumerable.Range(0, (int)length).Max(start => (start + Window) / length);
    }

    protected override World First => With(Row(new(1, Bounds.S, 0), 0));

    public override bool Admit(World world, int tick)
    {
        world.Admit(tick);
        return Enumerable.Range(tick - _span, _span + 1).All(first => world.AdmittedIn(first, first + _span) <= Bounds.L);
    }

    public override void Pass(World world) => world.Admitted.RemoveAll(entry => !Conduct.ReadsFirst && entry.Label < world.Time - _span);
}
