namespace Assay.Host.Settings;

/// <summary>Settings that cannot be used: one message that says which key, what is wrong and what to do. Ends the program with code 2.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException()
    {
    }

    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
