using Assay.Mapping.Profiles;
using Assay.Mapping.Reading;

namespace Assay.Mapping.Inference;

/// <summary>What the first records hold in one column or at one pointer.</summary>
/// <param name="locator">As the profile would write it.</param>
/// <param name="name">The column, or the last step of the pointer.</param>
internal sealed class ColumnSample(string locator, string name)
{
    private static readonly string[] Markers = ["", "?", "NA", "N/A", "n/a", "NULL", "null", "\\N", "NaN", "nan", "-"];
    private static readonly Locator AnyTime = Profiles.Locator.Pointer("");

    private readonly HashSet<string> _distinct = [];
    private readonly HashSet<string> _markers = [];
    private int _numbers;
    private int _times;
    private int _vectors;
    private int _uuids;
    private long _chars;
    private long _blanks;

    public string Locator { get; } = locator;

    public string Name { get; } = name;

    /// <summary>The name's words in lower case: <c>workerId</c> and <c>worker_id</c> give <c>worker, id</c>.</summary>
    public string[] Words { get; } = NameWords.Split(name);

    /// <summary>Values that are there and stand for something.</summary>
    public int Count { get; private set; }

    public int Distinct => _distinct.Count;

    public bool IsNumber => Count > 0 && _numbers == Count;

    /// <summary>Numbers, but for a few markers of missing values at most.</summary>
    public bool IsMostlyNumber => Count > 0 && _numbers >= Count * 0.8;

    public bool HasFractions { get; private set; }

    public bool IsTime => Count > 0 && _times == Count;

    public bool IsVector => Count > 0 && _vectors == Count;

    public bool IsUuid => Count > 0 && _uuids == Count;

    public bool IsUnique => Count > 1 && Distinct == Count;

    /// <summary>Sentences rather than names: 30 characters and 4 blanks on average.</summary>
    public bool IsProse => Count > 0 && !IsNumber && _chars >= Count * 30L && _blanks >= Count * 4L;

    public double MeanChars => Count == 0 ? 0 : (double)_chars / Count;

    /// <summary>Marker values met. A dash is one only among numbers.</summary>
    public IEnumerable<string> MissingMarkers => _markers.Where(
        m => m != "-" || (IsMostlyNumber && !IsNumber) || (_markers.Count == 1 && Count == 0));

    public void AddVector()
    {
        Count++;
        _vectors++;
    }

    public void Add(string value)
    {
        if (Markers.Contains(value))
        {
            _markers.Add(value);
            if (value != "-")
                return;
        }

        Count++;
        _distinct.Add(value);
        _chars += value.Length;
        _blanks += value.AsSpan().Count(' ');
        var utf8 = System.Text.Encoding.UTF8.GetBytes(value);
        var isNumber = NumberText.Parse(utf8, out var number) == NumberOutcome.Finite;
        _numbers += isNumber ? 1 : 0;
        HasFractions |= isNumber && number != Math.Floor(number);
        _uuids += Guid.TryParseExact(value, "D", out _) ? 1 : 0;
        // Small numbers are counts more often than seconds of 1970: a number is a time from 2001 on.
        if ((!isNumber || Math.Abs(number) >= 1e9) && TimeText.TryParse(utf8, AnyTime, out var time) && time.Year < 2200)
            _times++;
    }
}
