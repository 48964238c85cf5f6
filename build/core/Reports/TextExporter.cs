using System.Text;

namespace SyscallBench.Reports;

/// <summary>An exporter whose file is text.</summary>
public abstract class TextExporter : IExporter
{
    public abstract string FileName { get; }

    public void Export(Report report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        Write(report, writer);
    }

    protected abstract void Write(Report report, TextWriter writer);
}
