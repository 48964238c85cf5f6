using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

public sealed class AcceleratorChooserTests(GuestImages guests) : IDisposable
{
    // The console of a real boot, from a program that looks for the file to write it to among its arguments.
    private static readonly string Working = $"for word; do case $word in file:*) cp '{Captured.PathOf("floor.log")}' \"${{word#file:}}\";; esac; done; exit 33";

    private readonly TempFolder _folder = new();
    private readonly ProcessRunner _processes = new();

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("tcg", Accelerator.Tcg)]
    public async Task Should_Try_Nothing_When_Asked_For_By_Name(string asked, Accelerator expected)
    {
        var choice = await Chooser("no-such-qemu").ChooseAsync(Accelerators.Parse(asked), new Dictionary<string, string>(), default);

        Assert.Equal(expected, choice.Accelerator);
    }

    [Fact]
    public async Task Should_Fall_Back_To_Counting_When_A_Guest_Dies_Under_Kvm()
    {
        RequireKvm();
        var fake = FakeQemu("echo 'KVM internal error. Suberror: 1' >&2; echo 'emulation failure' >&2; exit 1");

        var choice = await Chooser(fake).ChooseAsync(null, new Dictionary<string, string>(), default);

        Assert.Equal(Accelerator.Tcg, choice.Accelerator);
        Assert.Equal(
            "TCG with exact instruction counts: /dev/kvm opens, but no guest runs under it: KVM internal error. Suberror: 1", choice.Reason);
    }

    [Fact]
    public async Task Should_Say_Kvm_Does_Not_Work_When_It_Was_Asked_For()
    {
        RequireKvm();
        var fake = FakeQemu("sleep 600");

        var error = await Assert.ThrowsAsync<UserError>(() => Chooser(fake, seconds: 1).ChooseAsync(Accelerator.Kvm, new Dictionary<string, string>(), default));

        Assert.Equal(
            "--accel=kvm: /dev/kvm opens, but no guest runs under it: it did not answer within 1 s; use --accel=auto or tcg", error.Message);
    }

    [Fact]
    public async Task Should_Choose_Kvm_When_A_Guest_Answers_Under_It()
    {
        RequireKvm();

        var choice = await Chooser(FakeQemu(Working)).ChooseAsync(null, new Dictionary<string, string>(), default);

        Assert.Equal(new AcceleratorChoice(Accelerator.Kvm, "KVM: a guest ran under it"), choice);
    }

    [Fact]
    public async Task Should_Not_Try_Again_When_Nothing_Changed_Since_The_Last_Time()
    {
        RequireKvm();
        var fake = FakeQemu($"echo tried >> '{_folder.Path("tries")}'; {Working}");
        var inputs = new Dictionary<string, string> { ["qemu"] = "7.2.22" };

        var first = await Chooser(fake).ChooseAsync(null, inputs, default);
        var second = await Chooser(fake).ChooseAsync(null, inputs, default);
        await Chooser(fake).ChooseAsync(null, new Dictionary<string, string> { ["qemu"] = "10.0.2" }, default);

        Assert.Equal(first, second);
        Assert.Equal(2, File.ReadAllLines(_folder.Path("tries")).Length);
    }

    /// <summary>Whatever was in the way may be gone: too little memory, another hypervisor.</summary>
    [Fact]
    public async Task Should_Try_Again_When_There_Was_No_Answer_Or_A_No_Or_Kvm_Is_Asked_For()
    {
        RequireKvm();
        var inputs = new Dictionary<string, string>();
        var silent = FakeQemu($"echo tried >> '{_folder.Path("tries")}'; sleep 600");

        await Chooser(silent, seconds: 1).ChooseAsync(null, inputs, default);
        await Chooser(silent, seconds: 1).ChooseAsync(null, inputs, default);
        var refusing = FakeQemu($"echo tried >> '{_folder.Path("tries")}'; exit 1");
        await Chooser(refusing).ChooseAsync(null, inputs, default);
        await Chooser(refusing).ChooseAsync(null, inputs, default);
        await Assert.ThrowsAsync<UserError>(() => Chooser(refusing).ChooseAsync(Accelerator.Kvm, inputs, default));

        Assert.Equal(5, File.ReadAllLines(_folder.Path("tries")).Length);
    }

    [Fact]
    public async Task Should_Name_The_Signal_When_Qemu_Crashes()
    {
        RequireKvm();

        var choice = await Chooser(FakeQemu("echo 'error: failed to set MSR' >&2; kill -ABRT $$")).ChooseAsync(null, new Dictionary<string, string>(), default);

        Assert.Contains("SIGABRT", choice.Reason, StringComparison.Ordinal);
        Assert.Contains("failed to set MSR", choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo \"qemu: unable to find CPU model 'Foo'\" >&2; exit 1")]
    [InlineData("echo \"qemu: can't apply global Foo-x86_64-cpu.x=1: Property 'Foo-x86_64-cpu.x' not found\" >&2; exit 1")]
    public async Task Should_Blame_The_Model_And_Not_Kvm_When_Qemu_Does_Not_Have_It(string script)
    {
        RequireKvm();

        var error = await Assert.ThrowsAsync<UsageError>(() => Chooser(FakeQemu(script), cpu: "Foo").ChooseAsync(null, new Dictionary<string, string>(), default));

        Assert.StartsWith("--cpu=Foo: ", error.Message);
        Assert.False(File.Exists(_folder.Path("accelerator.json")));
    }

    [Fact]
    public async Task Should_Say_That_Nothing_Was_Tried_When_The_Floor_Is_Not_Built()
    {
        Assert.SkipWhen(KvmDevice.Read().WhyClosed is not null, KvmDevice.Read().WhyClosed ?? "");

        var choice = await Chooser("no-such-qemu", new ImageSet()).ChooseAsync(null, new Dictionary<string, string>(), default);

        Assert.Equal(Accelerator.Tcg, choice.Accelerator);
        Assert.False(File.Exists(_folder.Path("accelerator.json")));
    }

    private void RequireKvm()
    {
        guests.Require();
        Assert.SkipWhen(KvmDevice.Read().WhyClosed is not null, KvmDevice.Read().WhyClosed ?? "");
    }

    private AcceleratorChooser Chooser(string qemu, ImageSet? images = null, int seconds = 60, string? cpu = null)
    {
        var probe = new KvmProbe(new QemuRunner(_processes, new SystemFiles()), images ?? guests.Images, qemu, cpu, TimeSpan.FromSeconds(seconds));
        return new AcceleratorChooser(probe, new SystemFiles(), _folder.Path("accelerator.json"));
    }

    private string FakeQemu(string script)
    {
        var path = _folder.Write("fake-qemu", $"#!/bin/sh\ncase \"$*\" in *help*) exit 1;; esac\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
