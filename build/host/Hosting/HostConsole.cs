using Cake.Core;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Hosting;

/// <summary>Cake's console, which colours what Cake itself prints (<c>--tree</c>) only where colours are wanted.</summary>
public sealed class HostConsole(Colours colours) : IConsole
{
    public ConsoleColor ForegroundColor
    {
        get => Console.ForegroundColor;
        set
        {
            if (colours.OfOutput)
                Console.ForegroundColor = value;
        }
    }

    public ConsoleColor BackgroundColor
    {
        get => Console.BackgroundColor;
        set
        {
            if (colours.OfOutput)
                Console.BackgroundColor = value;
        }
    }

    public bool SupportAnsiEscapeCodes => colours.OfOutput;

    public void Write(string format, params object[] arg) => Console.Write(format, arg);

    public void WriteLine(string format, params object[] arg) => Console.WriteLine(format, arg);

    public void WriteError(string format, params object[] arg) => Console.Error.Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => Console.Error.WriteLine(format, arg);

    public void ResetColor()
    {
        if (colours.OfOutput)
            Console.ResetColor();
    }
}
