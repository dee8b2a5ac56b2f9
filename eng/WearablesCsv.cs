// Prints the data of an example: dotnet run eng/WearablesCsv.cs > examples/SensorColumns/wearables.csv

#:project ../examples/Shared/Examples.Shared.csproj
#:property PublishAot=false

using System.Globalization;
using Examples;

const int Seed = 1;
const int PeopleInEachHalf = 12;
const int RecordingsPerPerson = 20;

// A second of each recording. All ten would be too easy: the rotation alone would tell the activities apart.
const int Steps = WearableGenerator.StepsPerSecond;

// Skin at the wrist, in degrees Celsius: warm at rest, cooled by wind and sweat.
var skin = new Dictionary<string, double> { ["standing"] = 33.5, ["walking"] = 32.5, ["running"] = 30.5, ["badminton"] = 31.5 };
const double SpreadOfPeople = 0.5;
const double SpreadOfRecordings = 0.5;

DataSet data = WearableGenerator.Generate(Seed, PeopleInEachHalf);
var random = new Random(Seed);

string[] axes = ["X", "Y", "Z"];
string[] header =
[
    "Person", "Activity",
    .. axes.SelectMany(axis => (string[])[$"AccMean{axis}", $"AccDeviation{axis}", $"AccRange{axis}"]),
    .. axes.SelectMany(axis => (string[])[$"GyrDeviation{axis}", $"GyrRange{axis}"]),
    "Temperature",
];
Console.WriteLine(string.Join(',', header));

double ofPerson = 0;
foreach ((int index, Recording recording) in data.Train.Recordings.Concat(data.Test.Recordings).Index())
{
    if (index % RecordingsPerPerson == 0)
        ofPerson = SpreadOfPeople * Gaussian();

    IEnumerable<double> features =
    [
        .. Enumerable.Range(0, 3).Select(Series).SelectMany(series => (double[])[Mean(series), Deviation(series), Range(series)]),
        .. Enumerable.Range(3, 3).Select(Series).SelectMany(series => (double[])[Deviation(series), Range(series)]),
        skin[recording.Label] + ofPerson + (SpreadOfRecordings * Gaussian()),
    ];
    Console.WriteLine(string.Join(',', (string[])
    [
        $"{1 + (index / RecordingsPerPerson)}", recording.Label,
        .. features.Select(feature => feature.ToString("0.00", CultureInfo.InvariantCulture)),
    ]));

    float[] Series(int channel) =>
        [.. Enumerable.Range(0, Steps).Select(step => recording.Features[(step * data.Train.Channels) + channel])];
}

double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

static double Mean(float[] series) => series.Average(reading => (double)reading);

static double Deviation(float[] series) => Math.Sqrt(series.Average(reading => Math.Pow(reading - Mean(series), 2)));

static double Range(float[] series) => series.Max() - series.Min();
