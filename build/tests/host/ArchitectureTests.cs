namespace SyscallBench.Build.Tests;

/// <summary>Rules that keep the parts apart.</summary>
public sealed class ArchitectureTests
{
    private static readonly string _build = Path.Combine(Workspace.Above(AppContext.BaseDirectory).Root, "build");

    [Fact]
    public void Should_Know_No_Cake_In_Core() => Assert.DoesNotContain(
        typeof(UserError).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("Cake", StringComparison.Ordinal));

    [Theory]
    [InlineData("host")]
    [InlineData("core")]
    public void Should_Not_Tell_The_Stand_Ins_From_The_Packages(string folder) => Assert.All(
        Sources(folder),
        source => Assert.DoesNotContain(File.ReadLines(source), line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));

    [Theory]
    [InlineData("GetEnvironmentVariable")]
    [InlineData("GetCommandLineArgs")]
    [InlineData(".Arguments.GetArgument")]
    public void Should_Read_No_Arguments_And_No_Environment_In_Tasks(string call) => Assert.All(
        Sources("host/Tasks"),
        source => Assert.DoesNotContain(call, File.ReadAllText(source), StringComparison.Ordinal));

    [Fact]
    public void Should_Have_One_Task_Per_File_Named_Like_It() => Assert.All(
        Sources("host/Tasks"),
        source => Assert.NotNull(typeof(BenchContext).Assembly.GetType($"SyscallBench.Build.Tasks.{Path.GetFileNameWithoutExtension(source)}")));

    private static string[] Sources(string folder) => Directory.GetFiles(Path.Combine(_build, folder), "*.cs", SearchOption.AllDirectories);
}
