using System.Text.RegularExpressions;
using SyscallBench.Build.Options;

namespace SyscallBench.Build.Tests.Options;

/// <summary>The one declaration of every option, held against everything that speaks of options.</summary>
public sealed partial class DeclarationTests
{
    private static readonly TaskCatalogue Tasks = TaskCatalogue.Of(typeof(BenchContext).Assembly);

    [Fact]
    public void Should_Declare_Each_Option_Once()
    {
        var spellings = ParserFixture.Options.SelectMany(option => option.Aliases.Prepend("--" + option.Name)).ToList();

        Assert.Equal(spellings.Distinct(StringComparer.OrdinalIgnoreCase), spellings);
    }

    [Fact]
    public void Should_Belong_To_Targets_That_Exist()
    {
        Assert.All(BenchSwitches.All.SelectMany(option => option.Targets).Distinct(), target => Assert.NotNull(Tasks.Find(target)));
    }

    [Fact]
    public void Should_Declare_Every_Option_And_Target_That_The_Readme_Names()
    {
        var commands = File.ReadLines(Path.Combine(Workspace.Above(AppContext.BaseDirectory).Root, "README.md"))
            .Where(line => line.Contains("./build.sh ", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("./build.sh ", StringComparison.Ordinal)..].Split('#', '`')[0])
            .Select(command => command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
            .ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands, args => new CommandLineParser(ParserFixture.Options, Tasks, "/").Parse(args));
    }

    [Fact]
    public void Should_Describe_Each_Option_In_One_Line() =>
        Assert.All(ParserFixture.Options, option => Assert.Matches(OneLine(), option.Description));

    [GeneratedRegex(@"^[a-z<][^\n]{5,110}[^.]\z", RegexOptions.IgnoreCase)]
    private static partial Regex OneLine();
}
