using SyscallBench.Builds;

namespace SyscallBench.Tests.Builds;

public sealed class KernelConfigurationTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly string _folder;

    public KernelConfigurationTests()
    {
        foreach (var name in new[] { "base", "faithful", "faithful-5.10", "faithful-6.1", "faithful-6.12" })
            _files.Write($"linux/config/{name}.config", $"# {name}\n");
        _folder = Path.Combine(_files.Workspace.LinuxSources, "config");
    }

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("6.1", "faithful-6.1.config", true)]
    [InlineData("6.6", "faithful-6.1.config", false)]
    [InlineData("6.18", "faithful-6.12.config", false)]
    [InlineData("5.15", "faithful-5.10.config", false)]
    public void Should_Choose_The_Fragment_Of_The_Series_Or_The_Next_Older_One(string series, string expected, bool exact)
    {
        var configuration = new KernelConfiguration(_folder, series);

        Assert.Equal(["base.config", "faithful.config", expected], configuration.Fragments.Select(Path.GetFileName));
        Assert.Equal(exact, configuration.IsExact);
    }

    [Fact]
    public void Should_Give_A_Fragment_Of_The_Users_The_Last_Word()
    {
        var extra = _files.Write("mine.config", "# why\n# CONFIG_A is not set\nCONFIG_B=y\n");

        var configuration = new KernelConfiguration(_folder, "6.1", extra);

        Assert.Equal(extra, configuration.Fragments[^1]);
        Assert.EndsWith("CONFIG_B=y\n", configuration.Text, StringComparison.Ordinal);
        Assert.Equal("# CONFIG_A is not set, CONFIG_B=y", KernelConfiguration.OptionsOf(File.ReadAllText(extra)));
    }

    [Fact]
    public void Should_Name_The_Series_It_Knows_When_The_Kernel_Is_Older_Than_All()
    {
        var error = Assert.Throws<UserError>(() => new KernelConfiguration(_folder, "4.19"));

        Assert.Contains("has options for 5.10, 6.1, 6.12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_Lines_That_Were_Not_Granted()
    {
        const string Requested = "# why\n# CONFIG_G=y is what others take\n# CONFIG_G=y\nCONFIG_A=y\nCONFIG_B=y\n# CONFIG_C is not set\n# CONFIG_D is not set\nCONFIG_E=\"x\"\nCONFIG_F=n\nCONFIG_F=y\n";
        const string Resulting = "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_D=y\nCONFIG_E=\"x\"\nCONFIG_F=y\n";

        Assert.Equal(["CONFIG_B=y", "# CONFIG_D is not set"], KernelConfiguration.NotGranted(Requested, Resulting));
    }
}
