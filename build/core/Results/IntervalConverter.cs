using System.Text.Json;
using System.Text.Json.Serialization;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>Writes an interval as <c>[low, high]</c>.</summary>
internal sealed class IntervalConverter : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ends = JsonSerializer.Deserialize<double[]>(ref reader, options);
        return ends is [var low, var high] ? new Interval(low, high) : throw new JsonException("an interval is not [low, high]");
    }

    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options)
    {
        // One line a row is easier on the eye than four, and the writer's indentation cannot be switched off for a part.
        writer.WriteRawValue(JsonSerializer.Serialize(new[] { value.Low, value.High }));
    }
}
