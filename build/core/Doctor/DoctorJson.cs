using System.Text.Encodings.Web;
using System.Text.Json;

namespace SyscallBench.Doctor;

/// <summary>Writes a report as JSON.</summary>
public static class DoctorJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Serialize(DoctorReport report) => JsonSerializer.Serialize(DoctorDocument.Of(report), Options);
}
