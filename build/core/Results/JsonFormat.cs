using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>
/// How all our JSON files look: camelCase names, kebab-case enums, nulls written out, numbers so that they read back to the same bits.
/// </summary>
public static class JsonFormat
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        // The files are read by people and programs, never pasted into a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new IntervalConverter() },
    };

    public static string Serialize<T>(T document) => JsonSerializer.Serialize(document, _options) + "\n";

    /// <summary>Reads a file that says which schema it follows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The schema that is understood.</param>
    /// <param name="remedy">What to do about a file that is missing or damaged.</param>
    /// <exception cref="UserError">The file is missing, unreadable, no JSON (half a file, for example), or follows another schema.</exception>
    public static T Read<T>(string path, string schema, string remedy)
    {
        var text = ReadText(path, remedy);
        try
        {
            CheckSchema(text, path, schema, remedy);
            return JsonSerializer.Deserialize<T>(text, _options) ?? throw new UserError($"{path} is empty: {remedy}");
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } number ? $":{number + 1}" : "";
            throw new UserError($"{path}{line} cannot be understood: {FirstSentence(error.Message)}; {remedy}", error);
        }
    }

    private static string ReadText(string path, string remedy)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"{path} does not exist: {remedy}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path} cannot be read: {error.Message}", error);
        }
    }

    // Before anything else is looked at: a newer version may have other types in the places we know.
    private static void CheckSchema(string text, string path, string schema, string remedy)
    {
        using var document = JsonDocument.Parse(text);
        var found = document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("schema", out var property)
            && property.ValueKind == JsonValueKind.String ? property.GetString() : null;
        if (found != schema)
        {
            var follows = found is null ? "no schema" : $"the schema {found}";
            throw new UserError($"{path} follows {follows}, and this program understands {schema}: {remedy}");
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? message.TrimEnd('.') : message[..end]).ReplaceLineEndings(" ");
    }
}

/// <summary>Writes an interval as <c>[low, high]</c>.</summary>
internal sealed class IntervalConverter : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ends = JsonSerializer.Deserialize<double[]>(ref reader, options);
        return ends is [var low, var high] ? new Interval(low, high) : throw new JsonException("an interval is not [low, high]");
    }

    // One line a row is easier on the eye than four, and the writer's indentation cannot be switched off for a part.
    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonSerializer.Serialize(new[] { value.Low, value.High }));
}
