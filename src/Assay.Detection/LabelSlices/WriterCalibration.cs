using Assay.Contracts.State;
using Assay.Detection.Reference;

namespace Assay.Detection.LabelSlices;

/// <summary>
/// A writer's settled difference from its peers as a whole (DETECTION §2a, steps 1 and 2): its own offset a, a factor H by bin of the
/// peers' log odds, and how well the peers' model and its own have predicted it lately.
/// </summary>
internal sealed class WriterCalibration
{
    private const int Bins = 10;
    private const double OffsetPrior = 2;
    private const double BinPrior = 0.3;
    private const double LossMemory = 0.998;
    private const double MinLikelihood = 1e-3;
    private const double MaxLogLossGap = 30;

    private readonly double[] _factors = new double[Bins];
    private readonly double[] _precisions = new double[Bins];
    private double _offset;
    private double _offsetPrecision = 1 / (OffsetPrior * OffsetPrior);
    private double _peerLoss;
    private double _ownLoss;

    public WriterCalibration()
    {
        Array.Fill(_factors, 1);
        Array.Fill(_precisions, 1 / (BinPrior * BinPrior));
    }

    /// <summary>The probability of the positive label by the peers' log odds z, calibrated to the writer: odds e^z·e^a·H[bin of z].</summary>
    public double ByPeers(double logOdds) => Logistic.OfOdds(Math.Exp(logOdds + _offset) * _factors[Bin(logOdds)]);

    /// <summary>Weight of the peers against the own model, from discounted log-loss.</summary>
    public double PeerWeight => Logistic.Probability(Math.Clamp(_peerLoss - _ownLoss, -MaxLogLossGap, MaxLogLossGap));

    /// <param name="logOdds">The peers' log odds.</param>
    /// <param name="byPeers">What <see cref="ByPeers"/> said.</param>
    /// <param name="byOwn">What the own model said.</param>
    public void Learn(double logOdds, double byPeers, double byOwn, bool positive)
    {
        _peerLoss = (LossMemory * _peerLoss) + Math.Log(Math.Max(MinLikelihood, positive ? byPeers : 1 - byPeers));
        _ownLoss = (LossMemory * _ownLoss) + Math.Log(Math.Max(MinLikelihood, positive ? byOwn : 1 - byOwn));
        var residual = (positive ? 1 : 0) - byPeers;
        var information = byPeers * (1 - byPeers);
        _offsetPrecision += information;
        _offset += residual / _offsetPrecision;
        var bin = Bin(logOdds);
        _precisions[bin] += information;
        _factors[bin] *= NewtonStep.Factor(residual / _precisions[bin]);
    }

    public void Write(StateWriter writer)
    {
        writer.Double(_offset);
        writer.Double(_offsetPrecision);
        writer.Double(_peerLoss);
        writer.Double(_ownLoss);
        writer.Array<double>(_factors);
        writer.Array<double>(_precisions);
    }

    public void Read(ref StateReader reader)
    {
        _offset = reader.Double();
        _offsetPrecision = reader.Double();
        _peerLoss = reader.Double();
        _ownLoss = reader.Double();
        ReadBins(ref reader, _factors);
        ReadBins(ref reader, _precisions);
    }

    private static int Bin(double logOdds) => Math.Clamp((int)Math.Floor(logOdds + (Bins / 2)), 0, Bins - 1);

    private static void ReadBins(ref StateReader reader, double[] into)
    {
        var values = reader.Array<double>();
        if (values.Length != Bins || !values.All(v => v > 0 && double.IsFinite(v)))
            throw new StateFormatException($"calibration of {values.Length} bins, or a factor that is not positive");
        values.CopyTo(into, 0);
    }
}
