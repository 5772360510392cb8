using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Grains.Sources;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Assay.Grains.Tests.Sources;

public sealed class SourceGrainTests : IAsyncLifetime
{
    private readonly ControllableStorage _storage = new();
    private InProcessTestCluster _cluster = null!;

    private ISourceGrain Grain => _cluster.Client.GetGrain<ISourceGrain>(Shards.Id.ToString());

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddSingleton(Shards.Factory())
            .AddSingleton<ITrustFeed, NoFeed>()
            .AddKeyedSingleton<IGrainStorage>(SourceGrain.Storage, _storage));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Apply_WhenABatchIsMissing_AnswersGapAndChangesNothing()
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        var before = await Grain.Snapshot();
        var result = await Grain.Apply(Batch(19, 20, 10));
        Assert.Equal((BatchStatus.Gap, 9L, 0), (result.Status, result.LastOffset, result.Verdicts.Length));
        Assert.Equal(before, await Grain.Snapshot());
    }

    [Fact]
    public async Task Apply_OnFirstContact_JudgesAgainWhatWasNotCheckpointed()
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        await Grain.Checkpoint(9);
        var first = await Grain.Apply(Batch(9, 10, 10));
        var second = await Grain.Apply(Batch(SourceBatch.FirstContact, 5, 15));
        Assert.Equal(Enumerable.Range(10, 10).Select(i => (long)i), second.Verdicts.Select(v => v.Offset));
        Assert.Equal(first.Verdicts.Select(v => v.Score), second.Verdicts.Select(v => v.Score));
    }

    /// <summary>As when a silo that was taken for dead works for a moment: its state goes further than what this activation knows.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Apply_OnFirstContact_GoesOnFromWhatAnotherActivationHasWritten(bool dirty, bool firstReadFails)
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        await Grain.Checkpoint(9);
        if (dirty)
            await Grain.Apply(Batch(9, 10, 5));
        var undisturbed = Shards.Factory().Create(Shards.Id);
        foreach (var record in Records(0, 20))
            undisturbed.Apply(record, VerdictKind.None);
        _storage.Replace(undisturbed.Save());
        if (firstReadFails)
        {
            _storage.FailAfterRead = true;
            await Assert.ThrowsAnyAsync<Exception>(async () => await Grain.Apply(Batch(SourceBatch.FirstContact, 20, 10)));
            _storage.FailAfterRead = false;
        }

        var result = await Grain.Apply(Batch(SourceBatch.FirstContact, 20, 10));

        foreach (var record in Records(20, 10))
            undisturbed.Apply(record, VerdictKind.None);
        Assert.Equal((29L, 10), (result.LastOffset, result.Verdicts.Length));
        Assert.Equal(undisturbed.Save(), await Grain.Snapshot());
        Assert.Equal(29, (await Grain.Checkpoint(29)).LastOffset);
    }

    [Fact]
    public async Task Apply_OnFirstContactWhileStorageIsAway_FailsAndChangesNothing()
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        _storage.FailBeforeRead = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10)));
        _storage.FailBeforeRead = false;

        Assert.Equal(10, (await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10))).Verdicts.Length);
    }

    [Fact]
    public async Task Checkpoint_WhenNothingChanged_WritesNothing()
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        Assert.Equal(9, (await Grain.Checkpoint(9)).LastOffset);
        await Grain.Checkpoint(9);
        Assert.Equal(1, _storage.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Checkpoint_WhenStorageFails_GoesOnFromWhatStorageHolds(bool writeTookEffect)
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        await Grain.Checkpoint(9);
        await Grain.Apply(Batch(9, 10, 10));
        (_storage.FailBeforeWrite, _storage.FailAfterWrite) = (!writeTookEffect, writeTookEffect);
        await Assert.ThrowsAnyAsync<OrleansException>(async () => await Grain.Checkpoint(19));
        (_storage.FailBeforeWrite, _storage.FailAfterWrite) = (false, false);

        // The owner reads again from the committed offset; nothing is counted twice.
        var result = await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 20));
        Assert.Equal((19L, writeTookEffect ? 0 : 10), (result.LastOffset, result.Verdicts.Length));
        var undisturbed = Shards.Factory().Create(Shards.Id);
        foreach (var record in Records(0, 20))
            undisturbed.Apply(record, VerdictKind.None);
        Assert.Equal(undisturbed.Save(), await Grain.Snapshot());
    }

    [Fact]
    public async Task Checkpoint_WhenTheStateEndsElsewhere_WritesNothing()
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        // A call that the owner had given up comes late.
        await Grain.Apply(Batch(9, 10, 10));
        Assert.Equal(19, (await Grain.Checkpoint(9)).LastOffset);
        Assert.Equal(0, _storage.Writes);
        Assert.Equal(20, (await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 20))).Verdicts.Length);
    }

    [Fact]
    public async Task Release_WhenSomethingIsNotCheckpointed_WritesNothing()
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        await Grain.Release();
        Assert.Equal(0, _storage.Writes);
        Assert.Equal(10, (await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10))).Verdicts.Length);
    }

    [Fact]
    public async Task Release_KeepsEverythingForTheNextActivation()
    {
        await Grain.Apply(Batch(SourceBatch.FirstContact, 0, 10));
        await Grain.Checkpoint(9);
        await Grain.Release();
        Assert.Equal(BatchStatus.Applied, (await Grain.Apply(Batch(9, 10, 5))).Status);
        Assert.Equal(14, (await Grain.Checkpoint(14)).LastOffset);
    }

    private static InputRecord[] Records(int first, int count) => [.. Shards.Stream(first + count).Skip(first)];

    private static SourceBatch Batch(long previous, int first, int count) =>
        new() { Epoch = 1, PreviousOffset = previous, Records = Records(first, count) };
}
