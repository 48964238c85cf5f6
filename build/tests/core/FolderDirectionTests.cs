using Mono.Cecil;

namespace SyscallBench.Tests;

/// <summary>A folder of core uses only those before it. Read from the compiled program, so that no alias and no parent namespace hides an arrow.</summary>
public sealed class FolderDirectionTests
{
    private static readonly string[] _stages =
    [
        "Model", "Processes", "Steps", "Machine", "Sources", "Builds", "Consoles", "Platforms", "Boots", "Statistics", "Results", "Reports",
    ];

    // What stands beside the stages: each uses them, and is used by none of them nor by each other.
    private static readonly string[] _beside = ["Doctor", "Fidelity", "Explain", "Fleet", "Ladder"];

    [Fact]
    public void Should_Use_Only_Folders_Before_It_When_A_Folder_Uses_Another()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(Workspace).Assembly.Location);

        var arrows = core.MainModule.GetTypes()
            .SelectMany(type => References(type).Select(used => (From: Folder(type), To: Folder(used), User: Outermost(type).Name, Used: Outermost(used).Name)))
            .Where(arrow => arrow.From != arrow.To && arrow.From is not null && arrow.To is not null)
            .Distinct()
            .ToList();

        Assert.Contains(arrows, arrow => arrow is { From: "Results", To: "Statistics" });
        var up = arrows.Where(IsUp).Select(arrow => $"{arrow.From}/{arrow.User} uses {arrow.To}/{arrow.Used}").Order(StringComparer.Ordinal).ToList();
        Assert.True(up.Count == 0, string.Join('\n', up));
    }

    [Fact]
    public void Should_Know_Every_Folder_When_One_Is_Added()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(Workspace).Assembly.Location);

        Assert.Equal([], core.MainModule.GetTypes().Select(Folder).OfType<string>().Distinct().Except([.. _stages, .. _beside]));
    }

    private static bool IsUp((string? From, string? To, string User, string Used) arrow) =>
        _beside.Contains(arrow.To) || (!_beside.Contains(arrow.From) && Array.IndexOf(_stages, arrow.To) > Array.IndexOf(_stages, arrow.From));

    // Everything of ours that a type's shape and code mention. A name that only nameof or a constant mentions is not in the compiled program.
    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        var mentioned = new List<TypeReference?> { type.BaseType };
        mentioned.AddRange(type.Interfaces.Select(each => each.InterfaceType));
        mentioned.AddRange(type.CustomAttributes.Select(each => each.AttributeType));
        mentioned.AddRange(type.Fields.Select(each => each.FieldType));
        mentioned.AddRange(type.GenericParameters.SelectMany(each => each.Constraints).Select(each => each.ConstraintType));
        foreach (var method in type.Methods)
        {
            AddMethod(method, mentioned);
            if (!method.HasBody)
                continue;
            mentioned.AddRange(method.Body.Variables.Select(each => each.VariableType));
            mentioned.AddRange(method.Body.ExceptionHandlers.Select(each => each.CatchType));
            foreach (var operand in method.Body.Instructions.Select(each => each.Operand))
            {
                switch (operand)
                {
                    case TypeReference used: mentioned.Add(used); break;
                    case FieldReference field: mentioned.AddRange([field.DeclaringType, field.FieldType]); break;
                    case MethodReference called: AddMethod(called, mentioned); break;
                }
            }
        }

        return mentioned.OfType<TypeReference>().SelectMany(Parts).Where(each => each.Scope == type.Scope || each.Scope is ModuleDefinition);
    }

    private static void AddMethod(MethodReference method, List<TypeReference?> mentioned)
    {
        mentioned.AddRange([method.DeclaringType, method.ReturnType]);
        mentioned.AddRange(method.Parameters.Select(each => each.ParameterType));
        if (method is GenericInstanceMethod generic)
            mentioned.AddRange(generic.GenericArguments);
    }

    // An array of a list of a type mentions all three.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        GenericParameter or FunctionPointerType => [],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string? Folder(TypeReference type)
    {
        const string Root = "SyscallBench.";
        var space = Outermost(type).Namespace;
        return space.StartsWith(Root, StringComparison.Ordinal) ? space[Root.Length..].Split('.')[0] : null;
    }
}
