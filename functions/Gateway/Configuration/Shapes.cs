using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>Finds the shape of a record's member or of a type, from what the records declare.</summary>
internal static class Shapes
{
    private static readonly ConcurrentDictionary<Type, Shape> _known = new(Scalars.ByType);

    public static Shape Of(PropertyInfo property)
    {
        var shape = property.GetCustomAttribute<AnyScalarAttribute>() is null
            ? Of(property.PropertyType)
            : property.PropertyType == typeof(string) ? Scalars.AnyText : new ListShape(typeof(string), Scalars.AnyText);
        return property.GetCustomAttribute<TextFormAttribute>() is { } written
            ? new TextFormShape((TextForm)Activator.CreateInstance(written.Form)!, shape)
            : shape;
    }

    public static Shape Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return _known.GetOrAdd(type, Create);
    }

    private static Shape Create(Type type)
    {
        if (type.IsEnum)
        {
            return EnumNames.Shape(type);
        }

        if (type == typeof(JsonNode))
        {
            return new JsonShape();
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() is var generic && generic == typeof(IReadOnlyList<>)
            ? new ListShape(type.GenericTypeArguments[0], Of(type.GenericTypeArguments[0]))
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
                ? new MapShape(type.GenericTypeArguments[1], Of(type.GenericTypeArguments[1]))
                : type.GetCustomAttribute<TextFormAttribute>() is { IsOnly: true } written
                    ? new TextFormShape((TextForm)Activator.CreateInstance(written.Form)!, null)
                    : new RecordShape(type);
    }
}
