using System.CommandLine;
using Assay.Benchmarks.Embedded;
using Assay.Benchmarks.Pipeline;
using Assay.Benchmarks.State;

return await new RootCommand("Measures Assay. Figures are for comparison within one run; machines differ.") { PipelineCommand.Create(), EmbeddedCommand.Create(), StateCommand.Create() }
    .Parse(args).InvokeAsync();
