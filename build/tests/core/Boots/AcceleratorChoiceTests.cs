using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

public sealed class AcceleratorChoiceTests(GuestImages guests) : IDisposable
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
        var choice = await ChooseAsync("no-such-qemu", Accelerators.Parse(asked));

        Assert.Equal(expected, choice.Accelerator);
    }

    [Fact]
    public async Task Should_Fall_Back_To_Counting_When_A_Guest_Dies_Under_Kvm()
    {
        RequireKvm();
        var fake = FakeQemu("echo 'KVM internal error. Suberror: 1' >&2; echo 'emulation failure' >&2; exit 1");

        var choice = await ChooseAsync(fake);

        Assert.Equal(Accelerator.Tcg, choice.Accelerator);
        Assert.Equal(
            "TCG with exact instruction counts: /dev/kvm opens, but no guest runs under it: KVM internal error. Suberror: 1", choice.Reason);
    }

    [Fact]
    public async Task Should_Say_Kvm_Does_Not_Work_When_It_Was_Asked_For()
    {
        RequireKvm();
        var fake = FakeQemu("sleep 600");

        var error = await Assert.ThrowsAsync<UserError>(() => ChooseAsync(fake, Accelerator.Kvm, seconds: 1));

        Assert.Equal(
            "--accel=kvm: /dev/kvm opens, but no guest runs under it: it did not answer within 1 s; use --accel=auto or tcg", error.Message);
    }

    [Fact]
    public async Task Should_Choose_Kvm_When_A_Guest_Answers_Under_It()
    {
        RequireKvm();

        var choice = await ChooseAsync(FakeQemu(Working));

        Assert.Equal(new AcceleratorChoice(Accelerator.Kvm, "KVM: a guest ran under it"), choice);
    }

    [Fact]
    public async Task Should_Not_Try_Again_When_Nothing_Changed_Since_The_Last_Time()
    {
        RequireKvm();
        var fake = FakeQemu($"echo tried >> '{_folder.Path("tries")}'; {Working}");
        var inputs = new Dictionary<string, string> { ["qemu"] = "7.2.22" };

        var first = await ChooseAsync(fake, inputs: inputs);
        var second = await ChooseAsync(fake, inputs: inputs);
        await ChooseAsync(fake, inputs: new Dictionary<string, string> { ["qemu"] = "10.0.2" });

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

        await ChooseAsync(silent, inputs: inputs, seconds: 1);
        await ChooseAsync(silent, inputs: inputs, seconds: 1);
        var refusing = FakeQemu($"echo tried >> '{_folder.Path("tries")}'; exit 1");
        await ChooseAsync(refusing, inputs: inputs);
        await ChooseAsync(refusing, inputs: inputs);
        await Assert.ThrowsAsync<UserError>(() => ChooseAsync(refusing, Accelerator.Kvm, inputs: inputs));

        Assert.Equal(5, File.ReadAllLines(_folder.Path("tries")).Length);
    }

    [Fact]
    public async Task Should_Name_The_Signal_When_Qemu_Crashes()
    {
        RequireKvm();

        var choice = await ChooseAsync(FakeQemu("echo 'error: failed to set MSR' >&2; kill -ABRT $$"));

        Assert.Contains("SIGABRT", choice.Reason, StringComparison.Ordinal);
        Assert.Contains("failed to set MSR", choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo \"qemu: unable to find CPU model 'Foo'\" >&2; exit 1")]
    [InlineData("echo \"qemu: can't apply global Foo-x86_64-cpu.x=1: Property 'Foo-x86_64-cpu.x' not found\" >&2; exit 1")]
    public async Task Should_Blame_The_Model_And_Not_Kvm_When_Qemu_Does_Not_Have_It(string script)
    {
        RequireKvm();

        var error = await Assert.ThrowsAsync<UsageError>(() => ChooseAsync(FakeQemu(script), cpu: "Foo"));

        Assert.StartsWith("--cpu=Foo: ", error.Message);
        Assert.False(File.Exists(_folder.Path("accelerator.json")));
    }

    [Fact]
    public async Task Should_Say_That_Nothing_Was_Tried_When_The_Floor_Is_Not_Built()
    {
        Assert.SkipWhen(KvmDevice.Read().WhyClosed is not null, KvmDevice.Read().WhyClosed ?? "");

        var choice = await ChooseAsync("no-such-qemu", images: new ImageSet());

        Assert.Equal(Accelerator.Tcg, choice.Accelerator);
        Assert.False(File.Exists(_folder.Path("accelerator.json")));
    }

    private void RequireKvm()
    {
        guests.Require();
        Assert.SkipWhen(KvmDevice.Read().WhyClosed is not null, KvmDevice.Read().WhyClosed ?? "");
    }

    private Task<AcceleratorChoice> ChooseAsync(
        string qemu, Accelerator? asked = null, IReadOnlyDictionary<string, string>? inputs = null, ImageSet? images = null, int seconds = 60, string? cpu = null) =>
        new KvmProbe(new QemuRunner(_processes, new SystemFiles()), images ?? guests.Images, qemu, cpu, TimeSpan.FromSeconds(seconds))
            .ChooseAsync(asked, inputs ?? new Dictionary<string, string>(), _folder.Path("accelerator.json"), TestContext.Current.CancellationToken);

    private string FakeQemu(string script)
    {
        var path = _folder.Write("fake-qemu", $"#!/bin/sh\ncase \"$*\" in *help*) exit 1;; esac\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
