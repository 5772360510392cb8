using Assay.Contracts.Records;
using Assay.Mapping.Csv;

namespace Assay.Mapping.Reading;

/// <summary>Reads one CSV record.</summary>
internal sealed class CsvBody(CsvPlan plan, RecordBuilder builder)
{
    private readonly CsvLine _line = new(plan.Dialect);

    public bool Read(byte[] value)
    {
        if (!_line.TrySplit(value))
            return builder.Fail(ReadFailure.Stages.Decode, "csv", _line.FaultReason);
        if (_line.Count != plan.Columns.Length)
            return WrongCount();
        for (var i = 0; i < plan.Columns.Length; i++)
        {
            var column = plan.Columns[i];
            if (!(column.IsUnused ? Unused(column, _line.Trimmed(i)) : Used(column, i)))
                return false;
        }

        return true;
    }

    private bool Used(CsvColumn column, int index)
    {
        foreach (var target in column.Targets)
        {
            if (!builder.Set(target, ValueKind.Cell, target.Role == FieldRole.Text ? _line[index] : _line.Trimmed(index)))
                return false;
        }

        return true;
    }

    private bool Unused(CsvColumn column, ReadOnlySpan<byte> cell)
    {
        if (builder.IsMissing(ValueKind.Cell, cell))
            return true;
        if (plan.Provenance && !(builder.TryString(column.AttributeRule, cell, out var origin) && builder.AddProvenance(column.Name, origin)))
            return false;
        if (plan.Features)
        {
            switch (NumberText.Parse(cell, out var number))
            {
                case NumberOutcome.Finite:
                    return builder.AddFeature(column.Name, number);
                case NumberOutcome.NotFinite:
                    return builder.NotFinite(column.FeatureRule, column.Place, cell);
            }
        }

        return !(plan.Features || plan.Attributes)
            || (builder.TryString(column.AttributeRule, cell, out var text) && builder.AddAttribute(column.Name, text));
    }

    private bool WrongCount()
    {
        var last = _line.Count > 0 ? $"; the last one read is {Quoted.Text(_line[_line.Count - 1])}" : "";
        return builder.Fail(
            ReadFailure.Stages.Decode, "columns", $"expected {plan.Columns.Length} fields, one a column, found {_line.Count}{last}");
    }
}
