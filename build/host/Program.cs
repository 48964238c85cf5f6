using SyscallBench.Build;
using SyscallBench.Build.Hosting;

return BenchHost.Run(args, (session, arguments) => new CakeHost()
    .ConfigureServices(session.Register)
    .UseContext<BenchContext>()
    .UseLifetime<BenchLifetime>()
    .UseTaskLifetime<BenchTaskLifetime>()
    .UseWorkingDirectory(session.Workspace.Root)
    .Run(arguments));
