using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Contracts.State;
using Assay.Grains.Sources;
using Assay.Host.Settings;
using Assay.Mapping;
using Microsoft.Extensions.Options;

namespace Assay.Host.Commands;

/// <summary><c>assay state show</c>.</summary>
internal static class StateCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "State files, as 'assay replay --state DIR' writes them.", Arity = ArgumentArity.OneOrMore };
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var show = new Command("show", "Prints what the state of a source holds, as JSON.") { files, settings, set };
        show.SetAction((parsed, _) =>
        {
            var sections = Sections(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []));
            foreach (var file in parsed.GetValue(files)!)
                Console.WriteLine(Describe(file, sections));
            return Task.FromResult(ExitCodes.Done);
        });
        return new Command("state", "Looks into the state that Assay keeps of sources.") { show };
    }

    private static string Describe(FileInfo file, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        byte[] data;
        try
        {
            data = File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"State file '{file}' cannot be read: {e.Message}", e);
        }

        using var buffer = new MemoryStream();
        try
        {
            // Names of sources are shown as they are; the text goes to a terminal or a file, never into a page.
            using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            SourceStateFormat.Describe(data, sections, json);
        }
        catch (StateFormatException e)
        {
            throw new StateFormatException($"'{file}' is no state that can be read: {e.Message}.", e);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static IReadOnlyList<KeyValuePair<string, IStateSection>> Sections(AssaySettings settings) => new SourceScorerFactory(
        new ProfileRegistry(), settings.Detectors, ShardTrust.New(settings.Detectors), Options.Create(settings.Sources), Options.Create(settings.Records), Options.Create(settings.Datasets)).CreateSections();
}
