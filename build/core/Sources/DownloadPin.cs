namespace SyscallBench.Sources;

/// <summary>A file of the network whose content is known beforehand.</summary>
/// <param name="FileName">Its name under <c>artifacts/downloads</c>.</param>
/// <param name="Address">Where it is fetched from.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record DownloadPin(string FileName, Uri Address, string Sha256);
