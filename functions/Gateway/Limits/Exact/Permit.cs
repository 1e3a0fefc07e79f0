using Gateway.Limits.Ledger;

namespace Gateway.Limits.Exact;

/// <summary>One request in flight. It holds a token of a lease until it ends, and moves to a later lease when the account's labels are moved.</summary>
internal sealed class Permit(LedgerAccount account, Lease lease)
{
    private readonly TaskCompletionSource _lost = new();

    /// <summary>The lease whose label counts it.</summary>
    public Lease Lease { get; set; } = lease;

    /// <summary>A write that moves it is under way: where its token goes is not known before that is answered.</summary>
    public bool IsMoving { get; set; }

    /// <summary>Its request has ended.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Ends when the label has passed and nobody counts the request any more: it must end.</summary>
    public Task Lost => _lost.Task;

    /// <summary>The request has ended: the token goes back to the lease that it counts for now.</summary>
    public void Finish()
    {
        lock (account.Gate)
        {
            if (IsFinished)
            {
                return;
            }

            IsFinished = true;
            if (!IsMoving)
            {
                GiveBack();
            }
        }
    }

    /// <summary>It is known where it counts. Under the account's gate.</summary>
    public void Settle(Lease lease)
    {
        (Lease, IsMoving) = (lease, false);
        if (IsFinished)
        {
            GiveBack();
        }
    }

    /// <summary>Nobody knows where it counts: it stays where it was, and a finished one is lost until its label has passed. Under the account's gate.</summary>
    public void Abandon()
    {
        IsMoving = false;
        if (IsFinished)
        {
            account.Permits.Remove(this);
        }
    }

    /// <summary>Has the request ended.</summary>
    public void Cancel() => _lost.TrySetResult();

    private void GiveBack()
    {
        if (account.Permits.Remove(this))
        {
            Lease.Return();
        }
    }
}
