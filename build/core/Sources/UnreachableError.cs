using SyscallBench.Model;

namespace SyscallBench.Sources;

/// <summary>A source cannot be had from here and now: a platform that needs it is not measured, with this as its reason.</summary>
public sealed class UnreachableError(string message) : UserError(message);
