namespace Assay.Contracts.Records;

/// <summary>Why a message could not become a record.</summary>
/// <param name="Stage"><see cref="Stages"/>: where on the path it failed.</param>
/// <param name="Rule">The rule of the profile, or the limit, that the message broke, e.g. <c>time</c> or <c>features/age</c>. Few distinct values: bursts are counted by it.</param>
/// <param name="Reason">A sentence: what was found, what was expected, where.</param>
[GenerateSerializer, Immutable, Alias("assay.read-failure")]
public sealed record ReadFailure([property: Id(0)] string Stage, [property: Id(1)] string Rule, [property: Id(2)] string Reason)
{
    /// <summary>Where on the path a message was given up.</summary>
    public static class Stages
    {
        /// <summary>Taking the message from a file or topic (framing, size).</summary>
        public const string Read = "read";

        /// <summary>Decoding the bytes (JSON, CSV, CloudEvents).</summary>
        public const string Decode = "decode";

        /// <summary>Applying the mapping profile.</summary>
        public const string Map = "map";

        /// <summary>Scoring.</summary>
        public const string Score = "score";

        /// <summary>Producing the copy to an output topic.</summary>
        public const string Produce = "produce";
    }
}
