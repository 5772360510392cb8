using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>Lays its content out for one width and shows what fits into another: lines are cut, never wrapped.</summary>
internal sealed class Cropped(IRenderable inner, int layoutWidth, int width, int height) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in Segment.SplitLines(inner.Render(options, layoutWidth)).Take(height))
        {
            var room = Math.Min(width, maxWidth);
            foreach (var segment in line)
            {
                if (Segment.Truncate(segment, room) is { } cut)
                    yield return cut;
                room -= segment.CellCount();
                if (room <= 0)
                    break;
            }

            yield return Segment.LineBreak;
        }
    }
}
