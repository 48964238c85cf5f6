namespace SyscallBench.Model;

/// <summary>Shows a text in a tone. The text has its final width already: what is added takes no column.</summary>
public delegate string Paint(Tone tone, string text);

/// <summary>The paint of files, pipes and programs.</summary>
public static class NoPaint
{
    public static string Of(Tone tone, string text) => text;
}
