using Cake.Frosting;
using SyscallBench.Build;
using SyscallBench.Build.Hosting;

return BenchHost.Run(args, session => new CakeHost()
    .ConfigureServices(session.Register)
    .UseContext<BenchContext>()
    .UseLifetime<BenchLifetime>()
    .UseTaskLifetime<BenchTaskLifetime>()
    .UseWorkingDirectory(session.Workspace.Root)
    .Run(session.CommandLine.CakeArguments));
