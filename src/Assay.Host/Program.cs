using Assay.Host.Commands;

return await AssayCommandLine.Run(args);
