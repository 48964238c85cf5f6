using Cake.Core.IO;
using NSubstitute;

namespace SyscallBench.Polyfills.Tests;

/// <summary>Starts nothing; remembers what was to be started.</summary>
internal sealed class RecordingRunner : IProcessRunner
{
    public List<string> Started { get; } = [];

    public int ExitCode { get; set; }

    public IReadOnlyList<string> Output { get; set; } = [];

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        Started.Add($"{filePath.GetFilename()} {settings.Arguments.Render()}");
        var process = Substitute.For<IProcess>();
        process.GetExitCode().Returns(ExitCode);
        process.GetStandardOutput().Returns(Output);
        return process;
    }
}
