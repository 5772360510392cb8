using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Contracts.State;
using Assay.Grains.State;
using Orleans.Storage;
using StackExchange.Redis;

namespace Assay.Host.Redis.Pages;

/// <summary>
/// Keeps large states in pages of which only those that changed are written (DATA-PLANE rule 10). The pages come first, then the grain's value, by the storage
/// that fences duplicate activations: it names the pages. What it no longer names is deleted afterwards. So a state is whole whenever it is cut short, and an
/// activation whose value is refused has changed nothing of it. A small state stands in the value itself, as every state did before there were pages.
/// </summary>
/// <remarks>
/// A page's name has the version of the value that it was first written upon. Whoever writes upon the same version either wins, or is refused; so no late
/// deletion can meet a page that a later value names.
/// </remarks>
/// <param name="values">Where the grain's value stands, with its version.</param>
/// <param name="afterPages">Called between pages and value; for tests that end the process there.</param>
internal sealed class PagedStorage(IGrainStorage values, RedisConnection redis, Action? afterPages = null) : IGrainStorage
{
    /// <summary>A state up to this size stands in the value itself.</summary>
    public const int Whole = 256 * 1024;

    private const int AtOnceBytes = 1024 * 1024;
    private const int VersionChars = 12;
    private const int Tries = 5;
    private readonly ConditionalWeakTable<object, KnownPages> _known = [];
    private long _written;

    /// <summary>Bytes sent as values and pages.</summary>
    public long Written => Interlocked.Read(ref _written);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _known.Remove(grainState);
        for (var n = 1; ; n++)
        {
            await values.ReadStateAsync(stateName, grainId, grainState);
            if (!grainState.RecordExists || !PageManifest.Is(Bytes(grainState).Data))
                return;
            var pages = PageManifest.Read(Bytes(grainState).Data);
            if (await Assemble(grainId, pages) is { } data)
            {
                Bytes(grainState).Data = data;
                _known.Add(grainState, new KnownPages { Pages = pages });
                return;
            }

            // A former activation may have written in between; else they are gone.
            if (n == Tries)
                throw Lost(grainId);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var data = Bytes(grainState).Data;
        var known = _known.GetValue(grainState, _ => new KnownPages());
        if (data.Length <= Whole)
        {
            await values.WriteStateAsync(stateName, grainId, grainState);
            Interlocked.Add(ref _written, data.Length);
            await Forget(grainId, known, []);
            return;
        }

        known.Others ??= await Others(grainId, known.Pages);
        var pages = await WritePages(grainId, data, known, grainState.ETag);
        afterPages?.Invoke();
        var manifest = PageManifest.Write(pages);
        var value = new GrainState<DurableBytes>(new DurableBytes { Data = manifest }, grainState.ETag) { RecordExists = grainState.RecordExists };
        await values.WriteStateAsync(stateName, grainId, value);
        (grainState.ETag, grainState.RecordExists) = (value.ETag, value.RecordExists);
        Interlocked.Add(ref _written, manifest.Length);
        await Forget(grainId, known, pages);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await values.ClearStateAsync(stateName, grainId, grainState);
        if (_known.TryGetValue(grainState, out var known))
            await Forget(grainId, known, []);
    }

    private static DurableBytes Bytes<T>(IGrainState<T> state) => state.State as DurableBytes
        ?? throw new NotSupportedException($"The store keeps {nameof(DurableBytes)} only, not {typeof(T).Name}.");

    private async Task<List<StatePage>> WritePages(GrainId grainId, byte[] data, KnownPages known, string? version)
    {
        var standing = known.Pages.DistinctBy(p => (p.Hash, p.Length)).ToDictionary(p => (p.Hash, p.Length));
        var pages = new List<StatePage>();
        var pending = new List<HashEntry>();
        var (start, bytes) = (0, 0);
        foreach (var end in PageCutter.Cut(data))
        {
            var content = data.AsMemory(start, end - start);
            start = end;
            var hash = StatePage.HashOf(content.Span);
            if (!standing.TryGetValue((hash, content.Length), out var page))
            {
                page = new StatePage(Field(version, hash), hash, content.Length);
                standing.Add((hash, content.Length), page);
                pending.Add(new HashEntry(page.Field, content));
                bytes += content.Length;
            }

            pages.Add(page);
            if (bytes < AtOnceBytes)
                continue;
            await Send(grainId, pending, bytes);
            bytes = 0;
        }

        await Send(grainId, pending, bytes);
        return pages;
    }

    private static string Field(string? version, UInt128 hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{(version is null ? "" : version[..Math.Min(VersionChars, version.Length)])}-{hash:x32}");

    private async Task Send(GrainId grainId, List<HashEntry> pending, int bytes)
    {
        if (pending.Count == 0)
            return;
        await redis.Database.HashSetAsync(redis.Keys.Pages(grainId), [.. pending]);
        Interlocked.Add(ref _written, bytes);
        pending.Clear();
    }

    /// <summary>What stands beside the pages of the value: of writes that were cut short or refused.</summary>
    private async Task<HashSet<string>> Others(GrainId grainId, List<StatePage> pages)
    {
        var fields = (await redis.Database.HashKeysAsync(redis.Keys.Pages(grainId))).Select(f => f.ToString()).ToHashSet(StringComparer.Ordinal);
        fields.ExceptWith(pages.Select(p => p.Field));
        return fields;
    }

    /// <summary>The value names these pages now: no other of the grain will be read again.</summary>
    private async Task Forget(GrainId grainId, KnownPages known, List<StatePage> pages)
    {
        var gone = known.Pages.Select(p => p.Field).ToHashSet(StringComparer.Ordinal);
        gone.UnionWith(known.Others ?? []);
        gone.ExceptWith(pages.Select(p => p.Field));
        known.Pages = pages;
        if (known.Others is not null)
            known.Others = gone;
        if (gone.Count == 0)
            return;
        try
        {
            await redis.Database.HashDeleteAsync(redis.Keys.Pages(grainId), [.. gone.Select(f => (RedisValue)f)]);
            known.Others?.Clear();
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // The state is written. What is left over goes with the next write that succeeds, or is found by the next activation's first.
            known.Others = gone;
        }
    }

    /// <returns>Null where a page is missing.</returns>
    private async Task<byte[]?> Assemble(GrainId grainId, List<StatePage> pages)
    {
        var data = new byte[pages.Sum(p => (long)p.Length)];
        var at = 0;
        foreach (var some in pages.Chunk(AtOnceBytes / PageCutter.Largest * 8))
        {
            var read = await redis.Database.HashGetAsync(redis.Keys.Pages(grainId), Array.ConvertAll(some, p => (RedisValue)p.Field));
            for (var i = 0; i < some.Length; i++)
            {
                if (read[i].IsNull)
                    return null;
                var bytes = (ReadOnlyMemory<byte>)read[i];
                if (bytes.Length != some[i].Length || StatePage.HashOf(bytes.Span) != some[i].Hash)
                    throw new StateFormatException($"page {some[i].Field} of the state of '{grainId}' holds other bytes than were written{Remedy}");
                bytes.CopyTo(data.AsMemory(at));
                at += bytes.Length;
            }
        }

        return data;
    }

    private const string Remedy = ". Redis has lost part of the state: restore a backup and 'assay rebuild --keep-state', or 'assay rebuild'.";

    private static StateFormatException Lost(GrainId grainId) => new($"pages of the state of '{grainId}' are missing{Remedy}");

    /// <summary>What an activation knows of its pages in Redis.</summary>
    private sealed class KnownPages
    {
        /// <summary>Those that the value names.</summary>
        public List<StatePage> Pages { get; set; } = [];

        /// <summary>Left-overs beside them; null before anybody has looked.</summary>
        public HashSet<string>? Others { get; set; }
    }
}
