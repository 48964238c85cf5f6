namespace SyscallBench.Tests.Fixtures;

/// <summary>Waits for something that another process does. The limit is generous: it only bounds a failing test.</summary>
public static class Eventually
{
    public static async Task<bool> HoldsAsync(Func<bool> condition, int seconds = 20)
    {
        for (var tries = seconds * 20; tries > 0; tries--)
        {
            if (condition())
            {
                return true;
            }

            await Task.Delay(50);
        }

        return condition();
    }
}
