using Assay.Contracts.Ports;
using Confluent.Kafka;

namespace Assay.Kafka.Clients;

/// <summary>Turns the clients' many error callbacks into one <see cref="IFlowObserver.Fault"/> and one <see cref="IFlowObserver.Recovered"/>.</summary>
public sealed class BrokerHealth(IFlowObserver observer)
{
    private const string Area = "broker";
    private readonly Lock _lock = new();
    private volatile string? _failing;
    private bool _refused;

    /// <summary>What fails now, in words for a person; null when nothing does.</summary>
    public string? Failing => _failing;

    /// <summary>Takes an error of any client. Only errors that stop all work count: one lost connection is everyday life.</summary>
    public void Report(Error error, string servers)
    {
        var message = error.Code switch
        {
            ErrorCode.Local_Authentication when error.Reason.Contains("mechanism handshake failed", StringComparison.Ordinal) =>
                $"Kafka at {servers} does not take this login; set Kafka:SaslMechanism to one that it takes, or to none: {error.Reason}",
            ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed =>
                $"Kafka at {servers} refuses the login, wrong user name or wrong password: {error.Reason}",
            ErrorCode.Local_Ssl => $"TLS to Kafka at {servers} fails: {error.Reason}",
            ErrorCode.Local_AllBrokersDown => $"Kafka at {servers} cannot be reached: no broker answers. Check the address, and whether it asks for TLS or a password.",
            ErrorCode.ClusterAuthorizationFailed or ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
                or ErrorCode.TransactionalIdAuthorizationFailed =>
                $"Kafka at {servers} does not allow it: {error.Reason}",
            _ => null,
        };
        if (message is null)
            return;
        lock (_lock)
        {
            // The first message names the cause; "all brokers are down" follows from it. A refusal is more telling than silence.
            if (_failing is not null && (error.Code == ErrorCode.Local_AllBrokersDown || _failing == message))
                return;
            var first = _failing is null || !_refused;
            _refused = error.Code != ErrorCode.Local_AllBrokersDown;
            _failing = message;
            if (first)
                observer.Fault(Area, message);
        }
    }

    /// <summary>A broker answered. Costs one read when nothing fails.</summary>
    public void Working()
    {
        if (_failing is null)
            return;
        lock (_lock)
        {
            if (_failing is null)
                return;
            _failing = null;
            _refused = false;
            observer.Recovered(Area);
        }
    }
}
