using SyscallBench.Builds;
using SyscallBench.Tests.Sources;

namespace SyscallBench.Tests.Builds;

/// <summary>Green for a makefile that leaks nothing, red for one that plants a time or a path.</summary>
public sealed class ReproducibilityCheckTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly ThisMachine _machine;

    public ReproducibilityCheckTests(ThisMachine machine)
    {
        _machine = machine;
        Assert.SkipUnless(File.Exists("/usr/bin/make"), "make is not installed");
        _files.Write("bench-src/benchmark/Makefile", "all:\n\techo text > $(O)/syscallbench\n");
        _files.Write("bench-src/floor/Makefile", "all:\n\techo floor > $(O)/floor.elf\n");
        _files.Write("bench-src/elfloader/config", "");
        _files.Write("linux/noop/noop.patch", "");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Find_Every_File_The_Same_When_Nothing_Leaks()
    {
        var files = await CheckAsync();

        Assert.Equal(["syscallbench", "floor.elf", "initramfs.cpio"], files.Select(file => file.File));
        Assert.All(files, file => Assert.True(file.IsSame));
        Assert.Empty(Directory.GetFileSystemEntries(_files.Workspace.Temporary));
    }

    [Theory]
    [InlineData("date +%s%N")]
    [InlineData("pwd")]
    public async Task Should_Name_Each_File_That_Holds_A_Time_Or_A_Path(string leak)
    {
        _files.Write("bench-src/benchmark/Makefile", $"all:\n\techo -n same > $(O)/syscallbench; {leak} >> $(O)/syscallbench\n");

        var files = await CheckAsync();

        Assert.Equal(["syscallbench", "initramfs.cpio"], files.Where(file => !file.IsSame).Select(file => file.File));
        Assert.InRange(files[0].DiffersAt!.Value, 4, 200);
    }

    private Task<IReadOnlyList<ComparedFile>> CheckAsync()
        => new ReproducibilityCheck(_files.Workspace, _machine.Toolchain, new GitCommand(), kernel: null, say: _ => { }).RunAsync(TestContext.Current.CancellationToken);
}
