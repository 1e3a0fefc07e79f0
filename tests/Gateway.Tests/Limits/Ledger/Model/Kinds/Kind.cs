using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>What differs between the kinds of limits: the rows at the start, what is promised, and what a commit asks for.</summary>
internal abstract class Kind(Bounds bounds, Conduct conduct) : IModel
{
    public Bounds Bounds { get; } = bounds;

    public Conduct Conduct { get; } = conduct;

    public byte[] Start => First.ToKey();

    protected abstract World First { get; }

    public void From(byte[] key, Action<string, byte[]> next, Action<string> broken) =>
        new Moves(this, (move, world) => next(move, world.ToKey()), broken).From(World.FromKey(key));

    public string Describe(byte[] key) => World.FromKey(key).ToString();

    /// <summary>Counts an admission in this tick. False: more was admitted than is promised.</summary>
    public abstract bool Admit(World world, int tick);

    /// <summary>A tick began: forgets what counts no more.</summary>
    public abstract void Pass(World world);

    /// <summary>A row was written.</summary>
    public virtual void Landed(World world)
    {
    }

    /// <summary>The rows that a commit may start from where storage has this one.</summary>
    public virtual IEnumerable<LedgerRow> Rows(World world, LedgerRow row, TimeBounds now) => [row];

    public virtual LedgerRequest Request(int wanted, TimeBounds now) => new(wanted, Bounds.H, 1);

    /// <summary>Writes beside renewals.</summary>
    public virtual IEnumerable<(string Move, LedgerRow?[] Rows)> Transactions(World world, TimeBounds now) => [];

    /// <summary>What is done with leases.</summary>
    public virtual Action<World, int> Uses(Action<string, World> next, Action<string> broken) => new Spends(this, next, broken).From;

    /// <summary>What an instance has once its write was made (or failed, or is given up).</summary>
    /// <param name="leases">As the end of the renewal left them.</param>
    /// <param name="granted">By the write, whatever became of it.</param>
    public virtual Node Answered(Node node, FlightStage stage, Lease[] leases, Lease? granted) => node with
    {
        Leases =
        [
            .. leases.Select((lease, index) => Leases.Model(lease, node.Leases[index])),
            .. stage == FlightStage.Made && granted is not null ? (Held[])[new(granted.Terms, node.Flight!.Shard, (int)granted.Free)] : [],
        ],
    };

    protected static World With(params LedgerRow?[] rows) => new() { Time = 1, Rows = rows };

    protected LedgerRow Row(LedgerShape shape, long slot) => Ledger.Rows.Row(Bounds.L, slot) with { Shape = shape };
}
