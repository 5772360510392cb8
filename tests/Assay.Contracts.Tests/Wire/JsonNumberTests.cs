using System.Globalization;
using System.Text;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Tests.Wire;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1.0 / 3, "0.333333")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0123456789, "0.0123457")]
    [InlineData(0.00123456789, "0.00123457")]
    [InlineData(9.999999, "10")]
    [InlineData(99999.96, "100000")]
    [InlineData(999_998.7, "999999")]
    [InlineData(123456.789, "123457")]
    [InlineData(1e6, "1E+06")]
    [InlineData(1.5e-9, "1.5E-09")]
    [InlineData(-double.MaxValue, "-1.79769E+308")]
    [InlineData(double.Epsilon, "4.94066E-324")]
    public void Format_OfANumber_HasSixSignificantDigits(double value, string expected) => Assert.Equal(expected, Text(value));

    [Fact]
    public void Format_OfManyNumbers_IsWithinHalfAUnitOfTheSixthDigit()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 9));
            var read = double.Parse(Text(value), CultureInfo.InvariantCulture);
            var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 5);
            Assert.True(Math.Abs(read - value) <= 0.5000001 * unit, $"{value:R} was written as {Text(value)}");
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Format_OfNoNumber_Throws(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Text(value));

    private static string Text(double value)
    {
        Span<byte> digits = stackalloc byte[JsonNumber.MaxBytes];
        return Encoding.UTF8.GetString(digits[..JsonNumber.Format(value, digits)]);
    }
}
