using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>The directory of <c>UseWorkingDirectory</c>.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);

/// <summary>One <c>UseCakeSetting</c>.</summary>
internal sealed record CakeSetting(string Key, string Value);
