using System.CommandLine;
using Assay.Benchmarks.Embedded;
using Assay.Benchmarks.Pipeline;

return await new RootCommand("Measures Assay. Figures are for comparison within one run; machines differ.") { PipelineCommand.Create(), EmbeddedCommand.Create() }
    .Parse(args).InvokeAsync();
