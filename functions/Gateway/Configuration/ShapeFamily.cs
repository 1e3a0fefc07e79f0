using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Gateway.Configuration;

/// <summary>The shapes of one type: of a value, of a list and of a mapping.</summary>
/// <remarks>Each is made when first asked for: records may hold themselves, and most files use few of them.</remarks>
internal abstract class ShapeFamily(Type type, Func<Shape> one)
{
    private readonly Lazy<Shape> _one = new(one);

    public Type Type => type;

    public Shape One => _one.Value;

    public abstract Shape List { get; }

    public abstract Shape Map { get; }

    /// <summary>A type with a shape of its own.</summary>
    public static ShapeFamily Value<T>(Func<Shape> shape) => new ShapeFamily<T>(shape);

    /// <summary>Enums are written in kebab-case.</summary>
    public static ShapeFamily Choice<T>()
        where T : struct, Enum => new ShapeFamily<T>(EnumNames.Shape<T>);

    /// <summary>Records are written as they declare.</summary>
    public static ShapeFamily Record<[DynamicallyAccessedMembers(RecordShape.Needs)] T>() => new ShapeFamily<T>(() =>
        typeof(T).GetCustomAttribute<TextFormAttribute>() is { IsOnly: true } written
            ? new TextFormShape((TextForm)Activator.CreateInstance(written.Form)!, null)
            : new RecordShape(typeof(T)));
}

/// <inheritdoc/>
internal sealed class ShapeFamily<T>(Func<Shape> one) : ShapeFamily(typeof(T), one)
{
    private Shape? _list;
    private Shape? _map;

    public override Shape List => _list ??= new ListShape<T>(One);

    public override Shape Map => _map ??= new MapShape<T>(One);
}
