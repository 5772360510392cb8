using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Assay.Cluster.Tests;

/// <summary>Between Assay and its Redis: what is asked passes at once, replies pass late, or not until they are let go.</summary>
internal sealed class RedisProxy : IDisposable
{
    private const int Buffer = 64 * 1024;
    private const int Overlap = 256;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly int _redis;
    private TaskCompletionSource _open = new();
    private (string Word, Action Seen)? _watched;

    public RedisProxy(RedisServer redis)
    {
        _redis = redis.Port;
        _open.SetResult();
        _listener.Start();
        _ = Accept();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How late replies are; they keep their order.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>No reply passes any more.</summary>
    public void Withhold()
    {
        lock (_lock)
        {
            if (_open.Task.IsCompleted)
                _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>No reply passes any more from the next command on that holds a word.</summary>
    /// <param name="seen">Called once no reply passes, and before that command does.</param>
    public void WithholdAt(string word, Action seen)
    {
        lock (_lock)
            _watched = (word, seen);
    }

    /// <summary>What was withheld passes, and what follows.</summary>
    public void Release()
    {
        lock (_lock)
            _open.TrySetResult();
    }

    public void Dispose()
    {
        _stop.Cancel();
        Release();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            _ = Serve(client);
        }
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _redis, _stop.Token);
            await Task.WhenAny(Ask(client, server), Answer(server, client));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Redis is away, or the test is over: the client sees a closed connection.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task Ask(Socket client, Socket server)
    {
        var buffer = new byte[Overlap + Buffer];
        var kept = 0;
        while (await client.ReceiveAsync(buffer.AsMemory(kept, Buffer), _stop.Token) is > 0 and var read)
        {
            Look(Encoding.Latin1.GetString(buffer, 0, kept + read), kept);
            await Send(server, buffer.AsMemory(kept, read));
            var rest = Math.Min(Overlap, kept + read);
            buffer.AsSpan(kept + read - rest, rest).CopyTo(buffer);
            kept = rest;
        }
    }

    /// <param name="known">Characters that passed before: a word may begin in them, but must not end there.</param>
    private void Look(string commands, int known)
    {
        Action? seen = null;
        lock (_lock)
        {
            if (_watched is { } watched && commands.IndexOf(watched.Word, Math.Max(0, known - watched.Word.Length + 1), StringComparison.Ordinal) >= 0)
                (seen, _watched) = (watched.Seen, null);
        }

        if (seen is null)
            return;
        Withhold();
        seen();
    }

    private async Task Answer(Socket server, Socket client)
    {
        var replies = Channel.CreateUnbounded<(long At, byte[] Reply)>();
        var passing = Pass(replies.Reader, client);
        var buffer = new byte[Buffer];
        while (await server.ReceiveAsync(buffer.AsMemory(), _stop.Token) is > 0 and var read)
            await replies.Writer.WriteAsync((TimeProvider.System.GetTimestamp(), buffer[..read]));
        replies.Writer.Complete();
        await passing;
    }

    private async Task Pass(ChannelReader<(long At, byte[] Reply)> replies, Socket client)
    {
        await foreach (var (at, reply) in replies.ReadAllAsync(_stop.Token))
        {
            var late = Delay - TimeProvider.System.GetElapsedTime(at);
            if (late > TimeSpan.Zero)
                await Task.Delay(late, TimeProvider.System, _stop.Token);
            await _open.Task.WaitAsync(_stop.Token);
            await Send(client, reply);
        }
    }

    private async Task Send(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, _stop.Token)..];
    }
}
