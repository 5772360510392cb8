using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>Lays its content out for one width and shows what fits into another: lines are cut, never wrapped.</summary>
internal sealed class Cropped(IRenderable inner, int layoutWidth, int width, int height) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in Segment.SplitLines(inner.Render(options, layoutWidth)).Take(height))
        {
            foreach (var segment in Segment.Truncate(line, Math.Min(width, maxWidth)))
                yield return segment;
            yield return Segment.LineBreak;
        }
    }
}
