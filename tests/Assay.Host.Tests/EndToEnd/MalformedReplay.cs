using System.Text;
using System.Text.Json;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>One replay of a file in which a good record stands before and after each malformed one.</summary>
public abstract class MalformedReplay : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, long> _lines = [];
    private readonly string _profile;
    private readonly string? _header;
    private readonly Malformed[] _malformed;

    private protected MalformedReplay(string profile, string? header, Malformed[] malformed) =>
        (_profile, _header, _malformed) = (profile, header, malformed);

    internal ReplayedFiles Files => new(_folder["out"]);

    internal long LastLine { get; private set; }

    internal string Path => _folder["rows"];

    internal JsonElement DeadLetter(string name) => Files.DeadLetters.Single(dead => dead.GetProperty("line").GetInt64() == _lines[name]);

    public async ValueTask InitializeAsync()
    {
        using (var file = File.Create(Path))
        {
            if (_header is not null)
                Write(file, Encoding.UTF8.GetBytes(_header));
            Write(file, Good(0));
            for (var i = 0; i < _malformed.Length; i++)
            {
                _lines[_malformed[i].Name] = LastLine + 1;
                Write(file, _malformed[i].Line);
                Write(file, Good(i + 1));
            }
        }

        (await CommandLine.Run("replay", Path, "--profile", _folder.Write("p.json", _profile), "--out", _folder["out"])).Ended(0);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract string GoodText(int i);

    private byte[] Good(int i) => Encoding.UTF8.GetBytes(GoodText(i));

    private void Write(FileStream file, byte[] line)
    {
        file.Write(line);
        file.Write("\n"u8);
        LastLine++;
    }
}

public sealed class MalformedJsonReplay() : MalformedReplay(MalformedRecords.JsonProfile, null, MalformedRecords.Json)
{
    private protected override string GoodText(int i) =>
        $$"""{"id":"good-{{i}}","t":"2024-02-29T12:00:00Z","s":"v","w":"ann","l":"yes","x":"all is well","a":{{i}}}""";
}

public sealed class MalformedCsvReplay() : MalformedReplay(MalformedRecords.CsvProfile, MalformedRecords.CsvHeader, MalformedRecords.Csv)
{
    private protected override string GoodText(int i) => $"good-{i},ann,yes,{i}";
}
