using Gateway.Configuration;
using Gateway.Templates;

namespace Gateway.Composition;

/// <summary>The parts of an answer and the order in which they can begin: a part begins as soon as those whose values it uses are there.</summary>
internal sealed class ComposePlan
{
    private ComposePlan(IReadOnlyList<ComposePart> parts, IReadOnlyList<int> order) => (Parts, Order) = (parts, order);

    /// <summary>As configured: the order of the answer's members.</summary>
    public IReadOnlyList<ComposePart> Parts { get; }

    /// <summary>Indexes such that every part stands behind those that it uses.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Builds the plan. Null with every mistake in <paramref name="mistakes"/>, their paths relative to the compose key.</summary>
    public static ComposePlan? Build(IReadOnlyDictionary<string, ComposePartConfig> configs, out IReadOnlyList<ConfigError> mistakes)
    {
        var errors = new List<ConfigError>();
        mistakes = errors;
        if (configs.Count == 0)
        {
            errors.Add(new([], "A composed answer has no parts.", "Name at least one."));
        }

        var names = configs.Keys.ToList();
        var parts = new List<ComposePart>(names.Count);
        foreach (var (name, config) in configs)
        {
            if (Parse(name, config, errors) is { } part)
            {
                parts.Add(part with { DependsOn = FindUsed(part, names, errors) });
            }
        }

        if (errors.Count > 0 || Sort(parts, errors) is not { } order)
        {
            return null;
        }

        var used = parts.SelectMany(part => part.DependsOn).ToHashSet();
        return new([.. parts.Select((part, index) => part with { IsUsed = used.Contains(index) })], order);
    }

    private static ComposePart? Parse(string name, ComposePartConfig config, List<ConfigError> errors)
    {
        if (name.StartsWith('_'))
        {
            errors.Add(new([name], "Names that begin with an underscore are reserved.", "Give the part another name."));
        }

        if (!ComposeCall.TryParse(config.Call, out var call, out var error))
        {
            errors.Add(new([name, "call"], error, "Write METHOD service:/path, for example GET orders:/orders/{id}."));
            return null;
        }

        JsonTemplate? body = null;
        if (config.Body is not null && !JsonTemplate.TryParse(config.Body, TemplateSources.Composition, out body, out error))
        {
            errors.Add(new([name, "body"], error, "Mend the insertion."));
            return null;
        }

        return new() { Name = name, Call = call, Body = body, Optional = config.Optional, Timeout = config.Timeout, MaxBytes = config.Max.Bytes };
    }

    private static List<int> FindUsed(ComposePart part, List<string> names, List<ConfigError> errors)
    {
        var found = new SortedSet<int>();
        foreach (var insertion in part.Insertions.Where(insertion => insertion.Source == TemplateSources.Parts))
        {
            var index = names.IndexOf(insertion.Name);
            if (index < 0)
            {
                errors.Add(new([part.Name], $"It uses a value of the part {insertion.Name}, and there is none.", $"The parts are: {string.Join(", ", names)}."));
            }
            else if (insertion.Name == part.Name)
            {
                errors.Add(new([part.Name], "It uses a value of its own.", "Use one of another part."));
            }
            else
            {
                found.Add(index);
            }
        }

        return [.. found];
    }

    // Kahn's algorithm; what is left over when nothing is free any more stands on a cycle or behind one.
    private static List<int>? Sort(List<ComposePart> parts, List<ConfigError> errors)
    {
        var order = new List<int>(parts.Count);
        var left = Enumerable.Range(0, parts.Count).ToList();
        while (left.FindIndex(index => parts[index].DependsOn.All(order.Contains)) is var free and >= 0)
        {
            order.Add(left[free]);
            left.RemoveAt(free);
        }

        if (left.Count == 0)
        {
            return order;
        }

        var cycle = Walk(parts, left);
        errors.Add(new([parts[cycle[0]].Name], $"Parts wait for each other: {string.Join(" → ", cycle.Select(index => parts[index].Name))}.", "Take one of these values from elsewhere."));
        return null;
    }

    // Every part that is left uses another that is left: to follow them must come back to one seen before.
    private static List<int> Walk(List<ComposePart> parts, List<int> left)
    {
        var way = new List<int> { left[0] };
        while (true)
        {
            var next = parts[way[^1]].DependsOn.First(left.Contains);
            var seen = way.IndexOf(next);
            way.Add(next);
            if (seen >= 0)
            {
                return way[seen..];
            }
        }
    }
}
