using System.Globalization;

namespace Assay.Mapping.Tests.Reading;

public class TimeReadingTests
{
    [Theory]
    [InlineData("\"2024-02-29\"", "2024-02-29T00:00:00.0000000+00:00")]
    [InlineData("\"2024-02-29 23:59\"", "2024-02-29T23:59:00.0000000+00:00")]
    [InlineData("\"2024-02-29T23:59:60Z\"", "2024-02-29T23:59:59.0000000+00:00")]
    [InlineData("\"2024-02-29t10:00:00.123456789-0530\"", "2024-02-29T10:00:00.1234567-05:30")]
    [InlineData("1289241911.72836", "2010-11-08T18:45:11.7283600+00:00")]
    [InlineData("\"1289241911\"", "2010-11-08T18:45:11.0000000+00:00")]
    [InlineData("1289241911728", "2010-11-08T18:45:11.7280000+00:00")]
    [InlineData("1289241911728360", "2010-11-08T18:45:11.7283600+00:00")]
    [InlineData("1289241911728360200", "2010-11-08T18:45:11.7283602+00:00")]
    [InlineData("-1", "1969-12-31T23:59:59.0000000+00:00")]
    public void Time_WhenWrittenAsIsoOrNumber_IsRead(string time, string expected) =>
        Assert.Equal(expected, Read("\"/t\"", time)?.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("ms", "5", "1970-01-01T00:00:00.0050000+00:00")]
    [InlineData("s", "100000000000", "5138-11-16T09:46:40.0000000+00:00")]
    [InlineData("us", "5", "1970-01-01T00:00:00.0000050+00:00")]
    [InlineData("ns", "500", "1970-01-01T00:00:00.0000005+00:00")]
    [InlineData("iso", "\"2024-02-29\"", "2024-02-29T00:00:00.0000000+00:00")]
    public void Time_WhenTheUnitIsGiven_IsReadInIt(string unit, string time, string expected) =>
        Assert.Equal(expected, Read($$"""{"pointer": "/t", "unit": "{{unit}}"}""", time)?.ToString("O", CultureInfo.InvariantCulture));

    [Fact]
    public void Time_WhenAFormatIsGiven_IsReadByIt() => Assert.Equal(
        new DateTimeOffset(1998, 6, 1, 7, 55, 0, TimeSpan.Zero), Read("""{"pointer": "/t", "format": "MM/dd/yyyy-HH:mm"}""", "\"06/01/1998-07:55\""));

    [Theory]
    [InlineData("\"/t\"", "\"2023-02-29\"")]
    [InlineData("\"/t\"", "\"0000-01-01\"")]
    [InlineData("\"/t\"", "\"2024-01-01T24:00\"")]
    [InlineData("\"/t\"", "\"2024-01-01T10:00:00.\"")]
    [InlineData("\"/t\"", "\"2024-01-01T10:00+15:00\"")]
    [InlineData("\"/t\"", "\"2024-01-01Z5\"")]
    [InlineData("\"/t\"", "\"0001-01-01T00:00+10:00\"")]
    [InlineData("\"/t\"", "true")]
    [InlineData("\"/t\"", "99999999999999999999999")]
    [InlineData("{\"pointer\": \"/t\", \"unit\": \"s\"}", "\"2024-01-01\"")]
    [InlineData("{\"pointer\": \"/t\", \"unit\": \"s\"}", "1e15")]
    [InlineData("{\"pointer\": \"/t\", \"unit\": \"iso\"}", "5")]
    [InlineData("{\"pointer\": \"/t\", \"format\": \"yyyy\"}", "\"20245\"")]
    public void Time_WhenItCannotBeRead_IsRefused(string locator, string time)
    {
        var failure = Readings.Json($"\"time\": {locator}").Fails($"{{\"t\": {time}}}");
        Assert.Equal(("map", "time"), (failure.Stage, failure.Rule));
    }

    private static DateTimeOffset? Read(string locator, string time) => Readings.Json($"\"time\": {locator}").Read($"{{\"t\": {time}}}").EventTime;
}
