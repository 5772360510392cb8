using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>
/// Shows frames on the terminal's alternate screen and rewrites only lines that changed, so that nothing flickers; what stood on the
/// terminal before comes back when the writer is disposed.
/// </summary>
public sealed class FrameWriter : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Leave = "\e[0m\e[?25h\e[?1049l";
    private readonly TextWriter _terminal;
    private string[] _shown = [];
    private (int Width, int Height) _size;

    public FrameWriter(TextWriter terminal)
    {
        _terminal = terminal;
        _terminal.Write(Enter);
        _terminal.Flush();
    }

    /// <summary>Draws a frame, cut to the terminal's size.</summary>
    public void Draw(IRenderable frame, int width, int height)
    {
        var lines = Lines(frame, width, height);
        var output = new StringBuilder("\e[?2026h");
        if (_size != (width, height))
        {
            output.Append("\e[2J");
            _shown = [];
            _size = (width, height);
        }

        for (var i = 0; i < Math.Max(lines.Length, _shown.Length); i++)
        {
            var line = i < lines.Length ? lines[i] : "";
            if (i < _shown.Length && _shown[i] == line)
                continue;
            output.Append("\e[").Append(i + 1).Append(";1H").Append(line).Append("\e[0m\e[K");
        }

        _shown = lines;
        _terminal.Write(output.Append("\e[?2026l"));
        _terminal.Flush();
    }

    public void Dispose()
    {
        _terminal.Write(Leave);
        _terminal.Flush();
    }

    private static string[] Lines(IRenderable frame, int width, int height)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Write(frame);
        var lines = text.ToString().TrimEnd('\n', '\r').ReplaceLineEndings("\n").Split('\n');
        return lines.Length > height ? lines[..height] : lines;
    }
}
