using System.Text.Json.Nodes;
using SyscallBench.Platforms;

namespace SyscallBench.Tests.Platforms;

/// <summary>What a guest file may say, and what is refused before anything is done.</summary>
public sealed class GuestFileTests : IDisposable
{
    private const string Unikernel = """
        {
          "schema": "syscall-bench/guest/v1",
          "name": "mine",
          "label": "My unikernel",
          "kernel": "my unikernel",
          "initrd": "benchmark",
          "commandLine": "prog {arguments} -- end"
        }
        """;

    private readonly TemporaryWorkspace _files = new("with space");

    public GuestFileTests() => _files.Write("guests/my unikernel", "ELF");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Boot_What_The_File_Says()
    {
        var guest = Read(Unikernel);
        var command = guest.Command(Settings(guest));

        Assert.Equal(("mine", "My unikernel", PlatformRole.Subject, false), (guest.Name, guest.Label, guest.Role, guest.IsBase));
        Assert.Equal(["mine", "benchmark"], guest.Images.Select(image => image.Name));
        Assert.Equal(Path.Combine(_files.Root, "guests", "my unikernel"), Assert.Single(guest.Files).Value);
        Assert.Equal(("mine", "benchmark", "prog rounds=2 iters=10 warmup=1 -- end", 256), (command.Kernel, command.Initrd, command.Append, command.MemoryMiB));
        Assert.NotNull(guest.WhyLacks(Syscalls.Measured[1]));
    }

    [Fact]
    public void Should_Describe_The_Floor_Exactly_As_Its_Class_Does()
    {
        var described = Assert.Single(GuestFile.ReadAll([Path.Combine(Fixtures.SourceTree.Root, "bench-src", "guests", "floor.json")]));
        var floor = (GuestPlatform)PlatformCatalog.Floor;

        Assert.Equal(floor.Images, described.Images);
        Assert.Equal(floor.Command(Settings(floor)).ToArguments(), described.Command(Settings(described)).ToArguments());
        Assert.Equal(floor.WhyFailed(FloorPlatform.Success, CapturedBoot.Read("floor.log")), described.WhyFailed(FloorPlatform.Success, CapturedBoot.Read("floor.log")));
        Assert.NotNull(described.WhyFailed(0, CapturedBoot.Read("floor.log")));
    }

    [Fact]
    public void Should_Measure_The_First_Call_That_A_Guest_Without_The_Noop_Has()
    {
        var guest = Read(With("syscalls", """["getppid", "getuid"]"""));

        Assert.Equal("rounds=2 iters=10 warmup=1 nr=110 expect=success", guest.ArgumentsOf(new BenchmarkArguments(2, 10, 1)).ToString());
        Assert.Contains("getppid", guest.ScallNote, StringComparison.Ordinal);
        Assert.Null(guest.WhyLacks(Syscalls.Measured[2]));
    }

    [Theory]
    [InlineData("name", null)]
    [InlineData("label", null)]
    [InlineData("kernel", null)]
    [InlineData("commandLine", null)]
    [InlineData("schema", null)]
    [InlineData("schema", "\"syscall-bench/guest/v2\"")]
    [InlineData("comandLine", "\"{arguments}\"")]
    [InlineData("name", "\"Mine\"")]
    [InlineData("name", "\"../mine\"")]
    [InlineData("name", "\"linux\"")]
    [InlineData("name", "\"stock-6.12\"")]
    [InlineData("label", "\"two\\nlines\"")]
    [InlineData("kernel", "\"gone\"")]
    [InlineData("kernel", "\".\"")]
    [InlineData("initrd", "\"gone\"")]
    [InlineData("commandLine", "\"prog rounds=20\"")]
    [InlineData("commandLine", "\"{arguments} {arguments}\"")]
    [InlineData("commandLine", "\"prog {arguments}\\u0000\"")]
    [InlineData("memory", "0")]
    [InlineData("memory", "\"256M\"")]
    [InlineData("qemu", "[\"-serial\", \"stdio\"]")]
    [InlineData("qemu", "\"-device x\"")]
    [InlineData("exitCode", "256")]
    [InlineData("syscalls", "[]")]
    [InlineData("syscalls", "[\"fork\"]")]
    [InlineData("role", "\"baseline\"")]
    [InlineData("role", "\"hero\"")]
    public void Should_Name_File_And_Field_In_One_Line(string field, string? value)
    {
        var error = Assert.Throws<UsageError>(() => Read(With(field, value)));

        Assert.Contains("guest.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    public void Should_Name_The_File_When_It_Is_No_Description(string text) =>
        Assert.Contains("guest.json", Assert.Throws<UsageError>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_Refuse_A_Name_That_Two_Files_Have()
    {
        var (first, second) = (_files.Write("guests/a.json", Unikernel), _files.Write("guests/b.json", Unikernel));

        var error = Assert.Throws<UsageError>(() => GuestFile.ReadAll([first, second]));

        Assert.Contains(first, error.Message, StringComparison.Ordinal);
        Assert.Contains(second, error.Message, StringComparison.Ordinal);
    }

    private GuestPlatform Read(string text) => GuestFile.ReadAll([_files.Write("guests/guest.json", text)])[0];

    private static string With(string field, string? value)
    {
        var guest = JsonNode.Parse(Unikernel)!.AsObject();
        guest.Remove(field);
        if (value is not null)
            guest[field] = JsonNode.Parse(value);
        return guest.ToJsonString();
    }

    private static GuestSettings Settings(GuestPlatform guest) => new(
        Accelerator.Tcg,
        "max",
        new BenchmarkArguments(2, 10, 1),
        guest.Images.ToDictionary(image => image, image => image.Name),
        "console");
}
