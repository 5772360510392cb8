using Assay.Contracts.Records;
using Assay.Detection;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Trust.Ledger;
using Assay.Trust.Standings;

namespace Assay.Grains.Sources;

/// <summary>What the shards of a silo share in matters of trust.</summary>
public sealed record ShardTrust(
    StandingTable Standings,
    CohortViews Views,
    AssuranceGrades Grades,
    StandingOptions Standing,
    LedgerOptions Ledger,
    PostureOptions Posture)
{
    /// <summary>Of a silo with default settings that knows of no decision and no view.</summary>
    public static ShardTrust New(DetectorSet detectors, Assurance assurance = Assurance.SelfAsserted) => new(
        new StandingTable(), new CohortViews(detectors), new AssuranceGrades(_ => assurance),
        new StandingOptions(), new LedgerOptions(), new PostureOptions());
}
