using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using NSubstitute;

namespace SyscallBench.Polyfills.Tests;

/// <summary>A context on a real, empty folder, whose external programs are made up.</summary>
internal sealed class ContextFixture : IDisposable
{
    public ContextFixture()
    {
        var environment = Substitute.For<ICakeEnvironment>();
        environment.Platform.Returns(new CakePlatform());
        environment.WorkingDirectory.Returns(new DirectoryPath(Folder));
        var files = new FileSystem();
        var globber = new Globber(files, environment);
        var (log, configuration, tools) = (Substitute.For<ICakeLog>(), Substitute.For<ICakeConfiguration>(), Substitute.For<IToolLocator>());
        Context.Environment.Returns(environment);
        Context.FileSystem.Returns(files);
        Context.Globber.Returns(globber);
        Context.Log.Returns(log);
        Context.Configuration.Returns(configuration);
        Context.Tools.Returns(tools);
        Context.ProcessRunner.Returns(Runner);
    }

    public ICakeContext Context { get; } = Substitute.For<ICakeContext>();

    public RecordingRunner Runner { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("cake tests ").FullName;

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>Makes a program known to Cake under its name.</summary>
    public string Install(string name)
    {
        var path = Path(name);
        File.WriteAllText(path, string.Empty);
        Context.Tools.Resolve(Arg.Is<IEnumerable<string>>(names => names.Contains(name))).Returns(new FilePath(path));
        return path;
    }

    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(Folder, recursive: true);
    }
}
