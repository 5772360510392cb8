using System.Text;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Detection;
using Assay.Grains.Sources;
using Assay.Trust.Records;
using Microsoft.Extensions.Options;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Grains.Tests.Sources;

/// <summary>Shards over a message format of one line: <c>id identity feature</c>; "bad" cannot be read, and a feature that is no number makes the reader throw.</summary>
internal static class Shards
{
    public static SourceId Id { get; } = new("in", 2, "vendor/a");

    public static SourceScorerFactory Factory(
        SourceOptions? options = null, DatasetOptions? datasets = null, ShardTrust? trust = null, DetectorSet? detectors = null) => new(
        new LineReaders(), detectors ?? DetectorSet.Default, trust ?? ShardTrust.New(detectors ?? DetectorSet.Default), Options.Create(options ?? new()), Options.Create(new RecordPolicyOptions()), Options.Create(datasets ?? new()));

    public static InputRecord Line(long offset, string text) => new(offset, 0, null, Encoding.UTF8.GetBytes(text), null);

    public static IEnumerable<InputRecord> Stream(int count, int seed = 1, long first = 0)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
            yield return Line(first + i, i % 97 == 13 ? "bad" : $"r{(i % 50 == 49 ? i - 1 : i)} writer-{random.Next(5)} {random.NextDouble() * 10}");
    }

    private sealed class LineReaders : IRecordReaderFactory
    {
        public IRecordReader CreateReader(string topic, int partition) => new LineReader();

        public Assurance AssuranceOf(string topic) => Assurance.TopicAcl;

        public IRecordRouter CreateRouter(string topic) => throw new NotSupportedException("Grains do not route.");
    }

    private sealed class LineReader : IRecordReader
    {
        private static readonly ReadFailure Bad = new(ReadFailure.Stages.Map, "line", "expected 'id identity feature'");

        public bool TryRead(in InputRecord input, Record record, out ReadFailure failure)
        {
            failure = Bad;
            var parts = Encoding.UTF8.GetString(input.Value ?? []).Split(' ');
            if (parts.Length != 3)
                return false;
            record.Id = parts[0];
            record.HasOwnId = true;
            record.Source = Id.Source;
            record.Identity = parts[1];
            record.Dataset = "d";
            record.Offset = input.Offset;
            record.ContentHash = (ulong)input.Offset + 1;
            record.Features.Add("x", double.Parse(parts[2]));
            return true;
        }
    }
}
