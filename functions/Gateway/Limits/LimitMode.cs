namespace Gateway.Limits;

/// <summary>Over what a limit counts.</summary>
public enum LimitMode
{
    /// <summary>Over all instances, exactly.</summary>
    Exact,

    /// <summary>In each instance by itself.</summary>
    Local,
}
