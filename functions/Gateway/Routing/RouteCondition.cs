using Microsoft.Extensions.Primitives;

namespace Gateway.Routing;

/// <summary>A condition on the values of one header or query parameter: any value may satisfy it; "not" turns the whole around.</summary>
internal sealed class RouteCondition
{
    private readonly ConditionConfig _test;
    private readonly bool _isNegated;

    public RouteCondition(bool isHeader, string name, ConditionConfig config)
    {
        (IsHeader, Name, _test) = (isHeader, name, config);
        for (; _test.Not is not null; _test = _test.Not)
        {
            _isNegated = !_isNegated;
        }

        if (_test.Exists is not null)
        {
            _isNegated ^= !_test.Exists.Value;
            _test = new() { Exists = true };
        }
    }

    public bool IsHeader { get; }

    public string Name { get; }

    public bool IsMet(StringValues values)
    {
        foreach (var value in values)
        {
            if (Takes(value ?? ""))
            {
                return !_isNegated;
            }
        }

        return _isNegated;
    }

    /// <summary>True when both ask the same of the same value.</summary>
    public bool IsSameAs(RouteCondition other) =>
        IsOnSameValue(other) && _isNegated == other._isNegated && _test == other._test;

    /// <summary>
    /// True when no single value meets both conditions. A request that sends a header twice could still meet both; that is no reason to call
    /// x-ver: 1 and x-ver: 2 a tie, so there the name of the route decides.
    /// </summary>
    public bool Excludes(RouteCondition other)
    {
        if (!IsOnSameValue(other) || (_isNegated && other._isNegated))
        {
            return false;
        }

        return _isNegated ? Implies(other._test, _test)
            : other._isNegated ? Implies(_test, other._test)
            : Conflicts(_test, other) || Conflicts(other._test, this)
              || (_test.Prefix is { } one && other._test.Prefix is { } two && !Begins(one, two) && !Begins(two, one));
    }

    public override string ToString() =>
        $"{(IsHeader ? "header" : "query parameter")} {Name} {(_isNegated ? "not " : "")}" + (_test switch
        {
            { EqualTo: { } text } => $"= {text}",
            { Prefix: { } text } => $"beginning with {text}",
            { Contains: { } text } => $"containing {text}",
            _ => "present",
        });

    private bool IsOnSameValue(RouteCondition other) =>
        IsHeader == other.IsHeader && Name.Equals(other.Name, IsHeader ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private bool Takes(string value) => Takes(_test, value);

    private static bool Takes(ConditionConfig test, string value) => test switch
    {
        { EqualTo: { } text } => value == text,
        { Prefix: { } text } => Begins(value, text),
        { Contains: { } text } => value.Contains(text, StringComparison.Ordinal),
        _ => true,
    };

    private static bool Conflicts(ConditionConfig test, RouteCondition other) => test.EqualTo is { } text && !other.Takes(text);

    // Whatever meets the one meets the other.
    private static bool Implies(ConditionConfig one, ConditionConfig other) => one switch
    {
        _ when other.Exists is not null => true,
        { EqualTo: { } text } => Takes(other, text),
        { Prefix: { } text } => (other.Prefix is { } prefix && Begins(text, prefix)) || (other.Contains is { } part && text.Contains(part, StringComparison.Ordinal)),
        { Contains: { } text } => other.Contains is { } part && text.Contains(part, StringComparison.Ordinal),
        _ => false,
    };

    private static bool Begins(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal);
}
