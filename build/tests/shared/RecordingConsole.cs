using Cake.Core;

namespace SyscallBench.Tests.Shared;

/// <summary>A console of Cake's that keeps what is printed.</summary>
internal sealed class RecordingConsole : IConsole
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _errors = new(CultureInfo.InvariantCulture);

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => _output.Write(format, arg);

    public void WriteLine(string format, params object[] arg) => _output.WriteLine(format, arg);

    public void WriteError(string format, params object[] arg) => _errors.Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => _errors.WriteLine(format, arg);

    public void ResetColor()
    {
    }
}
