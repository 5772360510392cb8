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
    PostureOptions Posture);
