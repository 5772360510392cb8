using StackExchange.Redis;

namespace Assay.Host.Redis;

/// <summary>What a failed connection means, in words for a person.</summary>
internal static class RedisFailure
{
    /// <param name="log">What the client said while it connected.</param>
    public static string Describe(RedisOptions options, Exception error, string log)
    {
        var text = $"{error.Message} {error.InnerException?.Message} {log}";
        var where = $"Redis at {options.Endpoints}";
        if (Says(text, "WRONGPASS") || Says(text, "invalid password") || Says(text, "invalid username-password"))
            return $"{where}: wrong password{(options.User is null ? "" : $" or user '{options.User}'")}. Correct Redis:Password (environment ASSAY__Redis__Password).";
        if (Says(text, "NOAUTH"))
            return $"{where} asks for a password. Set Redis:Password (environment ASSAY__Redis__Password).";
        if (Says(text, "without any password configured"))
            return $"{where} has no password for {options.User ?? "the default user"}, but Redis:Password is set. Take it out, or set requirepass in Redis.";
        if (options.Tls && (Says(text, "AuthenticationFailure") || Says(text, "AuthenticationException") || Says(text, "certificate")))
            return $"TLS to {where} fails: {Cause(error)} Check Redis:Tls, and Redis:TlsCaFile for a certificate of your own authority.";
        return error is RedisConnectionException
            ? $"{where} cannot be reached. Check Redis:Endpoints, that Redis runs there, and that Redis:Tls is {(options.Tls ? "what it speaks" : "not what it asks for")}."
            : $"{where} cannot be used: {error.Message}";
    }

    private static bool Says(string text, string what) => text.Contains(what, StringComparison.OrdinalIgnoreCase);

    private static string Cause(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error.Message.TrimEnd('.') + ".";
    }
}
