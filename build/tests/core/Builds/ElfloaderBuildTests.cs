using SyscallBench.Builds;
using SyscallBench.Sources;
using SyscallBench.Steps;
using SyscallBench.Tests.Sources;

namespace SyscallBench.Tests.Builds;

/// <summary>Small repositories stand in for Unikraft's: their makefile takes the same arguments and makes a file of the same name.</summary>
public sealed class ElfloaderBuildTests : IDisposable
{
    private const string Makefile =
        """
        libraries := $(subst :, ,$(L))
        image := $(O)/$(CONFIG_UK_NAME)_kvm-x86_64
        $(image): $(C) $(A)/main.c $(firstword $(libraries))/elf.c $(wildcard $(addsuffix /calls.c,$(libraries)))
        	cat $^ > $@
        	echo $(UK_FULLVERSION) >> $@
        	echo symbols > $@.dbg
        defconfig:
        	cp $(UK_DEFCONFIG) $(C)

        """;

    private readonly TemporaryWorkspace _files = new();
    private readonly ThisMachine _machine;
    private readonly GitCommand _git = new();

    public ElfloaderBuildTests(ThisMachine machine)
    {
        _machine = machine;
        Assert.SkipUnless(File.Exists("/usr/bin/make"), "make is not installed");
        _files.Write("bench-src/elfloader/config", "CONFIG_PLAT_KVM=y\n");
        CloneOf(Pins.Unikraft.Unikraft, "Makefile", Makefile);
        CloneOf(Pins.Unikraft.ElfLoader, "main.c", "loader\n");
        CloneOf(Pins.Unikraft.LibElf, "elf.c", "elf\n");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Configure_And_Build_Once_And_Write_Nothing_Into_The_Clones()
    {
        var first = await BuildAsync();
        var second = await BuildAsync();

        Assert.Equal("CONFIG_PLAT_KVM=y\nloader\nelf\n0.5.0~1ed1dc1\n", File.ReadAllText(_files.Workspace.Unikernel("")));
        Assert.Equal("symbols\n", File.ReadAllText(_files.Workspace.Unikernel("") + ".dbg"));
        Assert.Equal(("first time", true), (first.Reason, second.UpToDate));
        Assert.All(Pins.Unikraft.Repositories, pin => Assert.Equal(2, Directory.GetFileSystemEntries(pin.CloneIn(_files.Workspace)).Length));
    }

    [Fact]
    public async Task Should_Build_Another_Version_Beside_It_With_A_Noop_Of_Our_Own()
    {
        var pin = Pins.Unikraft017;
        _files.Write("bench-src/elfloader-0.17/config", "CONFIG_NEW=y\n");
        _files.Write("bench-src/elfloader-0.17/calls/calls.c", "noop\n");
        CloneOf(pin.Unikraft, "Makefile", Makefile.Replace("_kvm-", "_qemu-", StringComparison.Ordinal));
        CloneOf(pin.ElfLoader, "main.c", "new loader\n");
        CloneOf(pin.LibElf, "elf.c", "new elf\n");
        await BuildAsync();

        await new ElfloaderBuild(_files.Workspace, _machine.Toolchain, _git, pin).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("CONFIG_NEW=y\nnew loader\nnew elf\nnoop\n0.17.0~484ff20\n", File.ReadAllText(_files.Workspace.Unikernel("-0.17")));
        Assert.Contains("0.5.0", File.ReadAllText(_files.Workspace.Unikernel("")), StringComparison.Ordinal);
        Assert.True((await BuildAsync()).UpToDate);
    }

    [Fact]
    public async Task Should_Build_Again_When_A_Clone_Was_Changed_By_Hand()
    {
        await BuildAsync();
        _files.Write("artifacts/clones/lib-libelf/elf.c", "patched\n");

        var result = await BuildAsync();

        Assert.StartsWith("lib-libelf/elf.c ", result.Reason, StringComparison.Ordinal);
        Assert.Contains("patched", File.ReadAllText(_files.Workspace.Unikernel("")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Build_Below_A_Path_With_A_Space()
    {
        using var spaced = new TemporaryWorkspace("with space");
        spaced.Write("bench-src/elfloader/config", "CONFIG_PLAT_KVM=y\n");
        foreach (var pin in Pins.Unikraft.Repositories)
        {
            Directory.CreateDirectory(spaced.Workspace.Clones);
            _git.Clone(pin.CloneIn(_files.Workspace), pin.CloneIn(spaced.Workspace));
        }

        var result = await new ElfloaderBuild(spaced.Workspace, _machine.Toolchain, _git, Pins.Unikraft).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(spaced.Workspace.Unikernel(""), result.MainOutput);
        Assert.Contains("with space", result.MainOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Name_The_Target_To_Run_When_A_Clone_Is_Missing()
    {
        Directory.Delete(Pins.Unikraft.LibElf.CloneIn(_files.Workspace), recursive: true);

        var error = await Assert.ThrowsAsync<UserError>(BuildAsync);

        Assert.Contains("--target=CloneDeps", error.Message, StringComparison.Ordinal);
    }

    private void CloneOf(GitPin pin, string file, string text)
    {
        var bare = Path.Combine(_files.Root, "mirror", pin.Owner, pin.Repository + ".git");
        _git.CreateBare(bare, new Dictionary<string, string> { [file] = text });
        Directory.CreateDirectory(_files.Workspace.Clones);
        _git.Clone(bare, pin.CloneIn(_files.Workspace));
    }

    private Task<StepResult> BuildAsync()
        => new ElfloaderBuild(_files.Workspace, _machine.Toolchain, _git, Pins.Unikraft).RunAsync(TestContext.Current.CancellationToken);
}
