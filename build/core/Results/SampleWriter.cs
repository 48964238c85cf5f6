using System.Globalization;
using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>
/// Writes samples as <see cref="SampleCsv"/> says. Whether a boot counts is known only at its end, so the samples of one that does not are taken
/// back.
/// </summary>
internal sealed class SampleWriter : IDisposable
{
    private const int BlockLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _block = new byte[BlockLength];
    private int _length;
    private long _bootStart;

    /// <param name="stream">Has to be seekable; is disposed of with the writer.</param>
    public SampleWriter(Stream stream)
    {
        _stream = stream;
        Write(SampleCsv.Header);
        Write("\n"u8);
    }

    public void BeginBoot() => _bootStart = _stream.Position + _length;

    /// <summary>Takes back every sample since <see cref="BeginBoot"/>.</summary>
    public void TakeBackBoot()
    {
        Flush();
        _stream.SetLength(_bootStart);
        _stream.Position = _bootStart;
    }

    public void Write(Sample sample)
    {
        if (_block.Length - _length < SampleCsv.LongestLine)
        {
            Flush();
        }

        Number(sample.Boot, ',');
        Number(sample.Round, ',');
        WriteTicks(sample);
        Names(sample.TscDisturbed, ',');
        Names(sample.EmptyDisturbed, ',');
        Names(sample.ScallDisturbed, ',');
        Names(sample.FcallDisturbed, '\n');
    }

    public void Dispose()
    {
        Flush();
        _stream.Dispose();
    }

    private void WriteTicks(Sample sample)
    {
        if (!sample.PerCall)
        {
            Number(sample.Iterations, ',');
            Number(sample.Tsc, ',');
            Number(sample.Empty, ',');
            Number(sample.Scall, ',');
            Number(sample.Fcall, ',');
            return;
        }

        _block[_length++] = (byte)',';
        Number(sample.Tsc, ',');
        _block[_length++] = (byte)',';
        Decimal(sample.Scall);
        Decimal(sample.Fcall);
    }

    private void Number(long value, char separator)
    {
        value.TryFormat(_block.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
        _block[_length++] = (byte)separator;
    }

    private void Decimal(long millionths)
    {
        foreach (var character in FixedPoint.Format(millionths))
        {
            _block[_length++] = (byte)character;
        }

        _block[_length++] = (byte)',';
    }

    private void Names(Disturbance spoilt, char separator)
    {
        _length += spoilt == Disturbance.None ? 0 : DisturbanceNames.Write(spoilt, _block.AsSpan(_length));
        _block[_length++] = (byte)separator;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_block.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Flush()
    {
        _stream.Write(_block, 0, _length);
        _length = 0;
    }
}
