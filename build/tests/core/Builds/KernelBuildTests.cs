using SyscallBench.Builds;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Tests.Builds;

/// <summary>A tree of a few files stands in for a kernel: the same targets, the same outputs, and a patch that has to fit.</summary>
public sealed class KernelBuildTests : IDisposable
{
    private const string Makefile =
        """
        VERSION = 6
        PATCHLEVEL = 1
        SUBLEVEL = 7
        bzImage:
        	mkdir -p $(O)/arch/x86/boot $(O)/include/config
        	@echo '  HOSTCC  scripts/kallsyms'
        	@echo '  CC      kernel/fork.o'
        	@echo '  CC      kernel/exit.o'
        	@echo '  BUILD   arch/x86/boot/bzImage'
        	echo '$(KCFLAGS) $(cmd_check_local_export)' | cat arch/x86/entry/syscalls/syscall_64.tbl - $(O)/.config > $(O)/arch/x86/boot/bzImage
        	echo 6.1.7 > $(O)/include/config/kernel.release
        	echo 'ffffffff81000000 T _text' > $(O)/System.map
        allnoconfig:
        	grep -q 'config KERNEL' $(KBUILD_KCONFIG)
        	grep -q 'select SILENT' $(KBUILD_KCONFIG)
        	grep -v REFUSED $(KCONFIG_ALLCONFIG) > $(O)/.config
        mrproper:
        	rm -f stale

        """;

    private const string Patch =
        """
        --- a/arch/x86/entry/syscalls/syscall_64.tbl
        +++ b/arch/x86/entry/syscalls/syscall_64.tbl
        @@ -1,2 +1,3 @@
         450	common	set_mempolicy_home_node	sys_set_mempolicy_home_node
        +500	64	noop	sys_noop
         512	x32	rt_sigaction	compat_sys_rt_sigaction

        """;

    private readonly TemporaryWorkspace _files = new();
    private readonly ThisMachine _machine;
    private readonly string _tree;

    public KernelBuildTests(ThisMachine machine)
    {
        _machine = machine;
        Assert.SkipUnless(File.Exists("/usr/bin/make") && File.Exists("/usr/bin/patch"), "make and patch are not installed");
        _tree = Path.GetDirectoryName(_files.Write("user/Makefile", Makefile))!;
        _files.Write("user/stale", "");
        _files.Write("user/Kconfig", "config KERNEL\n");
        _files.Write("linux/config/Kconfig.select", "config OURS\n\tselect SILENT\n");
        _files.Write("user/arch/x86/entry/syscalls/syscall_64.tbl",
            "450\tcommon\tset_mempolicy_home_node\tsys_set_mempolicy_home_node\n512\tx32\trt_sigaction\tcompat_sys_rt_sigaction\n");
        _files.Write("linux/noop/noop.patch", Patch);
        _files.Write("linux/config/base.config", "CONFIG_64BIT=y\n");
        _files.Write("linux/config/faithful.config", "CONFIG_XEN=y\n");
        _files.Write("linux/config/faithful-6.1.config", "CONFIG_SLS=y\n");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Patch_A_Copy_Configure_And_Build_Once()
    {
        var first = await BuildAsync();
        var second = await BuildAsync();

        var image = File.ReadAllText(first.MainOutput);
        Assert.Contains("\n-falign-functions=64 :\n", image, StringComparison.Ordinal);
        Assert.Contains("500\t64\tnoop", image, StringComparison.Ordinal);
        Assert.Contains("CONFIG_64BIT=y\n\nCONFIG_XEN=y\n\nCONFIG_SLS=y", image, StringComparison.Ordinal);
        Assert.Equal(("first time", true), (first.Reason, second.UpToDate));
        Assert.Equal("6.1.7", second.Facts["release"]);
        Assert.Contains("_text", File.ReadAllText(Path.Combine(Path.GetDirectoryName(first.MainOutput)!, "System.map")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_tree, "stale")));
        Assert.DoesNotContain("noop", File.ReadAllText(Path.Combine(_tree, "arch/x86/entry/syscalls/syscall_64.tbl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Keep_The_Faithful_Image_Beside_One_With_A_Fragment_Of_The_Users()
    {
        var extra = _files.Write("mine.config", "# CONFIG_XEN is not set\n");

        var faithful = await BuildAsync();
        var custom = await BuildAsync(extra: extra);

        Assert.NotEqual(faithful.MainOutput, custom.MainOutput);
        Assert.DoesNotContain("# CONFIG_XEN", File.ReadAllText(faithful.MainOutput), StringComparison.Ordinal);
        Assert.EndsWith("# CONFIG_XEN is not set\n", File.ReadAllText(custom.MainOutput), StringComparison.Ordinal);
        Assert.Equal("# CONFIG_XEN is not set", custom.Facts[KernelBuild.ExtraFact]);
        Assert.True((await BuildAsync()).UpToDate);
    }

    [Fact]
    public async Task Should_Count_Compiled_Files_With_A_Total_From_The_First_Build_On()
    {
        var first = new List<(long, long?)>();
        var result = await BuildAsync(first);
        var changed = new List<(long, long?)>();
        _files.Write("linux/config/base.config", "CONFIG_64BIT=y\nCONFIG_SMP=y\n");
        await BuildAsync(changed);
        var again = new List<(long, long?)>();
        Directory.Delete(_files.Workspace.KernelTrees, recursive: true);
        File.Delete(result.MainOutput);
        await BuildAsync(again);

        Assert.Equal([(1, 674), (2, 674)], first);
        Assert.Equal([(1, null), (2, null)], changed);
        Assert.Equal([(1, 2), (2, 2)], again);
    }

    [Fact]
    public async Task Should_Not_Compile_Again_For_A_File_That_An_Older_Version_Did_Not_Keep()
    {
        var map = Path.Combine(Path.GetDirectoryName((await BuildAsync()).MainOutput)!, "System.map");
        File.Delete(map);
        var compiled = new List<(long, long?)>();

        await BuildAsync(compiled);

        Assert.True(File.Exists(map));
        Assert.Empty(compiled);
    }

    [Fact]
    public async Task Should_Leave_The_Patch_Out_When_The_Tree_Has_The_Call()
    {
        _files.Write("user/arch/x86/entry/syscalls/syscall_64.tbl", "500\t64\tnoop\tsys_noop\n");

        var result = await BuildAsync();

        Assert.StartsWith("500\t64\tnoop", File.ReadAllText(result.MainOutput), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_Which_Hunk_When_The_Patch_Does_Not_Fit()
    {
        _files.Write("user/arch/x86/entry/syscalls/syscall_64.tbl", "1\tcommon\twrite\tsys_write\n");

        var error = await Assert.ThrowsAsync<BuildError>(() => BuildAsync());

        Assert.Contains("Hunk #1 FAILED at 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Name_The_Option_When_It_Was_Not_Granted()
    {
        _files.Write("linux/config/faithful.config", "CONFIG_REFUSED=y\n");
        _files.Write("user/arch/x86/Kconfig", """
            if PARAVIRT
            menuconfig REFUSED
            	bool "Refused"
            	depends on (XEN || PCI) && (PCI || !XEN)
            	depends on 64BIT && !SLS
            endif
            config OTHER
            	depends on NOBODY

            """);
        _files.Write("user/arch/arm/Kconfig", "config REFUSED\n\tdepends on ARM\n");

        var error = await Assert.ThrowsAsync<UserError>(() => BuildAsync());

        Assert.Contains("CONFIG_REFUSED=y (it needs PARAVIRT && (XEN || PCI) && !SLS)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Take_A_Commented_Line_For_A_Comment()
    {
        var extra = _files.Write("mine.config", "# CONFIG_REFUSED=y\n");
        _files.Write("user/arch/x86/Kconfig", "config REFUSED\n\tbool \"Refused\"\n");

        Assert.DoesNotContain("not granted", (await BuildAsync(extra: extra)).Facts.Keys);
    }

    [Fact]
    public async Task Should_Copy_Sources_And_No_History_Of_A_Clone()
    {
        _files.Write("user/.git/objects/pack/all.pack", "");
        _files.Write("user/.clang-format", "");

        await BuildAsync();

        var copy = Path.Combine(Assert.Single(Directory.GetDirectories(_files.Workspace.KernelTrees)), "tree");
        Assert.False(Directory.Exists(Path.Combine(copy, ".git")));
        Assert.True(File.Exists(Path.Combine(copy, ".clang-format")));
    }

    [Fact]
    public async Task Should_Go_Without_An_Option_When_The_Source_Is_Older_Than_It()
    {
        _files.Write("linux/config/faithful.config", "CONFIG_REFUSED=y\n");
        _files.Write("user/arch/x86/Kconfig", "config REFUSED_LATER\n\tbool \"Another\"\n");

        var result = await BuildAsync();

        Assert.Equal("CONFIG_REFUSED=y", result.Facts["not granted"]);
    }

    [Fact]
    public async Task Should_Go_On_From_The_Build_That_Is_There_When_Only_Options_Differ()
    {
        await BuildAsync();
        var build = Assert.Single(Directory.GetDirectories(Assert.Single(Directory.GetDirectories(_files.Workspace.KernelTrees)), "build-*"));
        var compiled = Path.Combine(build, "fork.o");
        File.WriteAllText(compiled, "");

        await BuildAsync(extra: _files.Write("my.config", "CONFIG_MINE=y\n"));

        Assert.True(File.Exists(compiled));
        Assert.Contains("CONFIG_MINE=y", File.ReadAllText(Path.Combine(build, ".config")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Copy_An_Image_That_Is_Ready()
    {
        var image = _files.Write("my-kernel", "HdrS");
        var choice = new KernelChoice(image, KernelKind.Image, "kernel");

        var result = await new KernelImageCopy(_files.Workspace, choice).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("HdrS", File.ReadAllText(result.MainOutput));
        Assert.Equal(image, result.Facts["source"]);
    }

    private Task<StepResult> BuildAsync(List<(long, long?)>? progress = null, string? extra = null)
    {
        var source = new UserKernelTree(new KernelVersion("6.1", "6.1.7"), _tree);
        return new KernelBuild(_files.Workspace, _machine.Toolchain, source) { ExtraFragment = extra, OnProgress = (done, total) => progress?.Add((done, total)) }
            .RunAsync(TestContext.Current.CancellationToken);
    }
}
