using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>Who carries out the rotations that stand in the journal.</summary>
internal interface IRotationEngine
{
    /// <summary>Begins a rotation; where one of this certificate runs already, that one goes on.</summary>
    Task<(RotationRecord Record, bool IsNew)> StartAsync(string certificate, string reason, CancellationToken cancellation);

    /// <summary>Goes on with the rotation of this certificate, and does not wait for it. None: nothing happens.</summary>
    void GoOn(string certificate);

    /// <summary>What a running rotation does now. Null: it is not known here.</summary>
    StepUnderWay? StepOf(RotationRecord running);
}
