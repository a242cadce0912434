// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace meteorograph;

namespace {

/// The file's first reading, without what its line and offset are: `time|device|name[unit]=value …`.
QString firstReading(const std::string &file) {
  const Parsed parsed = parseWhole(file);
  if (parsed.rows.empty())
    return {};
  const QStringList parts = QString::fromStdString(parsed.rows.front()).split('|');
  return parts[0].left(19) + "|" + parts[2] + "|" + parts.last().trimmed();
}

Inference inferred(const std::string &file, const Mapping &mapping = {}) {
  const std::string padded = file + std::string(kChunkPadding, ' ');
  const Chunk chunk{std::string_view(padded).substr(0, file.size()), 0, 1, true};
  FileContext context{"/data/file", "default", mapping};
  bool first = true;
  const DateEvidence dates =
      surveyDates(*makeParser(Recognition::Kind::Delimited, context), [&](const Consumed &) {
        return std::exchange(first, false) ? std::optional(chunk) : std::nullopt;
      });
  context.dates = dates;
  const auto parser = makeParser(Recognition::Kind::Delimited, context);
  Batch batch;
  parser->parse(chunk, batch);
  return parser->inference();
}

struct Shape {
  const char *name;
  const char *file;
  int readings;
  int skipped;
  const char *first;
};

const Shape kShapes[] = {
    {"blanks", "time temp hum\n2024-01-02T10:00:00 21.5 40\n2024-01-02T10:00:01  21.6   41\n", 2, 1,
     "2024-01-02T10:00:00|default|humidity[%RH]=40 temperature[°C]=21.5"},
    {"blanks in the time, too",
     "timestamp temp hum\n2024-01-02 10:00:00 21.5 40\n2024-01-02 10:00:01 21.6 41\n", 2, 1,
     "2024-01-02T10:00:00|default|humidity[%RH]=40 temperature[°C]=21.5"},
    {"date and time of day, blanks", "date time temp\n02.01.2024 10:00 21,5\n03.01.2024 10:00 21,6\n", 2, 1,
     "2024-01-02T10:00:00|default|temperature[°C]=21.5"},
    {"decimal comma, semicolons", "time;temp;hum\n2024-01-02 10:00;21,5;40\n2024-01-02 10:01;21;40,5\n", 2, 1,
     "2024-01-02T10:00:00|default|humidity[%RH]=40 temperature[°C]=21.5"},
    {"decimal comma further down", "time;temp\n2024-01-02 10:00;21\n2024-01-02 10:01;21,5\n", 2, 1,
     "2024-01-02T10:00:00|default|temperature[°C]=21"},
    {"decimal comma, tabs", "time\ttemp\n2024-01-02 10:00\t-3,25\n", 1, 1,
     "2024-01-02T10:00:00|default|temperature[°C]=-3.25"},
    {"decimal comma in quotes", "\"time\",\"temp\",\"hum\"\n\"2024-01-02 10:00\",\"21,5\",\"40,25\"\n", 1, 1,
     "2024-01-02T10:00:00|default|humidity[%RH]=40.25 temperature[°C]=21.5"},
    {"title before the header",
     "\xEF\xBB\xBF\"Plot Title: Garden\"\n\"#\",\"Date Time, GMT-05:00\",\"Temp, °C (LGR S/N: "
     "1234, SEN S/N: 99)\",\"Host Connected (LGR S/N: 1234)\"\n1,05/16/18 04:07:26 PM,21.752,\n"
     "2,05/16/18 04:08:00 PM,,Logged\n",
     1, 3, "2018-05-16T21:07:26|1234|temperature[°C]=21.752"},
    {"titles with delimiters",
     "Exported by x, version 3\nStation: Home, Garden\n\ntime,temp,hum\n2024-01-02,1,2\n", 1, 4,
     "2024-01-02T00:00:00|default|humidity[%RH]=2 temperature[°C]=1"},
    {"facts in the title", "Serial Number: A17\nTime zone: UTC+2\ntime;temp\n2024-01-02 10:00;1\n", 1, 3,
     "2024-01-02T08:00:00|A17|temperature[°C]=1"},
    {"a line of units", "time;temp;hum;pressure\n;(°F);(%);(kPa)\n2024-01-02 10:00;50;40;101.3\n", 1, 2,
     "2024-01-02T10:00:00|default|humidity[%RH]=40 pressure[hPa]=1013 temperature[°C]=10"},
    {"four lines of a logger",
     "\"TOA5\",\"st\",\"CR1000\",\"123\",\"x\"\n\"TIMESTAMP\",\"No\",\"AirTemp\",\"RH\",\"Batt\"\n"
     "\"TS\",\"RN\",\"Deg C\",\"%\",\"Volts\"\n\"\",\"\",\"Avg\",\"Smp\",\"Min\"\n\"2024-01-02 "
     "10:00:00\",7,21.5,40,12.5\n",
     1, 4, "2024-01-02T10:00:00|default|batt[]=12.5 humidity[%RH]=40 temperature[°C]=21.5"},
    {"the header is a remark", "# made by x\n# time,temp,hum\n2024-01-02,1,2\n2024-01-03,1,2\n", 2, 2,
     "2024-01-02T00:00:00|default|humidity[%RH]=2 temperature[°C]=1"},
    {"remarks of all kinds", "// x\n% y\n; z\ntime,temp\n2024-01-02,1\n# time,hum\n// z\n2024-01-03,1\n", 2,
     6, "2024-01-02T00:00:00|default|temperature[°C]=1"},
    {"a remark between header and data", "time,temp,hum\n# calibrated, checked, sealed\n2024-01-02,1,2\n", 1,
     2, "2024-01-02T00:00:00|default|humidity[%RH]=2 temperature[°C]=1"},
    {"row numbers without a name",
     "\"date\",\"temp\"\n\"1\",2024-01-02 10:00:00,1\n\"2\",2024-01-02 10:01:00,\n", 1, 2,
     "2024-01-02T10:00:00|default|temperature[°C]=1"},
    {"more values than names", "time,temp\n2024-01-02,1,55\n", 1, 1,
     "2024-01-02T00:00:00|default|column_3[]=55 temperature[°C]=1"},
    {"empty columns at the end",
     "Date;Time;temp;;,,,,\n10/13/2004;18.00.00;13,6;;\n10/13/2004;19.00.00;13,3;;,\n"
     ";;;;\n;;;;,,,\n",
     2, 3, "2004-10-13T18:00:00|default|temperature[°C]=13.6"},
    {"bars at both ends", "| time | temp |\n| 2024-01-02 10:00 | 21.5 |\n", 1, 1,
     "2024-01-02T10:00:00|default|temperature[°C]=21.5"},
    {"the header comes again, with its title",
     "Log of x\ntime,temp\n2024-01-02,1\nLog of x\ntime,temp\n2024-01-03,2\n", 2, 4,
     "2024-01-02T00:00:00|default|temperature[°C]=1"},
    {"another header further down", "time,temp,light\n2024-01-02,1,5\ntime,pm25,temp\n2024-01-03,7,2\n", 2, 2,
     "2024-01-02T00:00:00|default|light[]=5 temperature[°C]=1"},
    {"the header behind data", "2024-01-02,x,5\n2024-01-02,y,6\ntime,room,temp\n2024-01-03,y,2\n", 3, 1,
     "2024-01-02T00:00:00|default|column_3[]=5"},
    {"no header", "1, 1458117704955, 4, 20.68\n2, 1458117705189, 4, 20.76\n", 2, 0,
     "2016-03-16T08:41:44|default|column_1[]=1 column_3[]=4 column_4[]=20.68"},
    {"no header, date and time of day", "28/11/17;08:00;24,6;84\n28/11/17;08:05;24,7;84\n", 2, 0,
     "2017-11-28T08:00:00|default|column_3[]=24.6 column_4[]=84"},
    {"names of other languages, the values tell the time", "Quando,temp\n2024-01-02 10:00,1\n", 1, 1,
     "2024-01-02T10:00:00|default|temperature[°C]=1"},
    {"a state that is no number", "entity_id,state,last_changed\nsensor.x,unavailable,2024-01-02T10:00:00Z\n",
     0, 1, ""},
    {"the zone in the header", "Time (UTC+2);temp\n02.01.2024 10:00;1\n", 1, 1,
     "2024-01-02T08:00:00|default|temperature[°C]=1"},
    {"days in digits", "Date,temp\n20240102,1\n20240103,2\n", 2, 1,
     "2024-01-02T00:00:00|default|temperature[°C]=1"},
    {"day first", "time,temp\n03/04/2024 10:00,1\n13/04/2024 10:00,2\n", 2, 1,
     "2024-04-03T10:00:00|default|temperature[°C]=1"},
    {"month first", "time,temp\n03/04/2024 10:00,1\n03/14/2024 10:00,2\n", 2, 1,
     "2024-03-04T10:00:00|default|temperature[°C]=1"},
    {"day first by small steps", "time,temp\n01/02/2024,1\n02/02/2024,1\n03/02/2024,2\n", 3, 1,
     "2024-02-01T00:00:00|default|temperature[°C]=1"},
    {"day first by its semicolons", "time;temp\n03/04/2024 10:00;1\n", 1, 1,
     "2024-04-03T10:00:00|default|temperature[°C]=1"},
    {"month first by its fahrenheits", "time,temp (°F)\n03/04/2024 10:00,50\n", 1, 1,
     "2024-03-04T10:00:00|default|temperature[°C]=10"},
    {"the header says how dates are written", "Time(DD/MM/YYYY H:mm),Temp(°F)\n03/04/2024 10:00,50\n", 1, 1,
     "2024-04-03T10:00:00|default|temperature[°C]=10"},
    {"a rule below the names", "| time | temp |\n|------|------|\n| 2024-01-02 10:00 | 21.5 |\n", 1, 2,
     "2024-01-02T10:00:00|default|temperature[°C]=21.5"},
    {"a word between names and data", "time,temp\n<br>\n2024-01-02 10:00,21.5\n<br>\n", 1, 3,
     "2024-01-02T10:00:00|default|temperature[°C]=21.5"},
    {"empty remarks below the header in one", "# by x\n#\n# time, temp\n#\n2024-01-02,1\n", 1, 4,
     "2024-01-02T00:00:00|default|temperature[°C]=1"},
    {"a delimiter named for spreadsheets", "sep=;\ntime;temp\n2024-01-02;1,5\n", 1, 2,
     "2024-01-02T00:00:00|default|temperature[°C]=1.5"},
    {"two lines of names", ",,Temp,Temp,Out\nDate,Time,Out,In,Hum\n2024-01-02,10:00,1,2,50\n", 1, 2, nullptr},
};

} // namespace

class tst_DelimitedShapes : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void reads_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::size(kShapes)); ++i)
      QTest::newRow(kShapes[i].name) << i;
  }
  void reads() {
    QFETCH(int, index);
    const Shape &shape = kShapes[index];
    const Parsed parsed = parseWhole(shape.file);
    QVERIFY(isAccounted(parsed));
    if (shape.first != nullptr)
      QCOMPARE(firstReading(shape.file), QString::fromUtf8(shape.first));
    QCOMPARE(static_cast<int>(parsed.counts.accepted), shape.readings);
    QCOMPARE(differenceWhenCut(shape.file, 60), std::string());
    if (shape.readings > 0) {
      QCOMPARE(static_cast<int>(parsed.counts.skipped), shape.skipped);
      QCOMPARE(parsed.rejects, std::vector<std::string>());
    }
  }

  void staysLawfulWhenDamaged_data() { reads_data(); }
  void staysLawfulWhenDamaged() {
    QFETCH(int, index);
    std::mt19937 random(static_cast<unsigned>(index));
    const std::string file = kShapes[index].file;
    for (int i = 0; i < 40; ++i) {
      std::string hurt = file.substr(0, file.size() - random() % 10);
      for (int k = 0; k < 3; ++k)
        hurt[random() % hurt.size()] = ";,\t\n \"x1:/.#"[random() % 12];
      const std::string difference = differenceWhenCut(hurt, 3, static_cast<unsigned>(i));
      QVERIFY2(difference.empty(), (difference + "\nfile: " + hurt).c_str());
      QVERIFY(isAccounted(parseWhole(hurt)));
    }
  }

  void aFilesOwnMappingGivesTheSame_data() { reads_data(); }
  void aFilesOwnMappingGivesTheSame() {
    QFETCH(int, index);
    const std::string name = kShapes[index].name;
    if (name.find("header behind") != name.npos || name.find("another header") != name.npos)
      QSKIP("its columns change: no one mapping holds for all of it");
    const std::string file = kShapes[index].file;
    const Mapping mapping = inferred(file).mapping;
    QVERIFY(mapping.format == Mapping::Format::Delimited);
    const Batch plain = batchOf(file);
    const Batch mapped = batchOf(file, "default", mapping);
    QCOMPARE(mapped.rows.size(), plain.rows.size());
    QCOMPARE(mapped.counts.skipped, plain.counts.skipped);
    for (std::size_t row = 0; row < plain.rows.size(); ++row)
      QCOMPARE(describeRow(mapped, row), describeRow(plain, row));
    QCOMPARE(toJson(inferred(file, mapping).mapping), toJson(mapping));
  }

  void saysHowItUnderstoodATable() {
    const Inference inference =
        inferred("Title\n# remark\nDate;Time (UTC+2);Temp (°F);Note\n13/04/2024;10:00;50,5;x\n");
    QCOMPARE(inference.format, std::string("CSV, separated by ';', decimal comma, 4 columns"));
    const Mapping &mapping = inference.mapping;
    QCOMPARE(mapping.delimiter, ';');
    QCOMPARE(mapping.decimal, ',');
    QCOMPARE(mapping.header, std::optional(true));
    QCOMPARE(mapping.skip_lines, std::optional(2));
    QCOMPARE(mapping.zone, std::string("UTC+2"));
    QCOMPARE(mapping.time.size(), 2U);
    QCOMPARE(mapping.time[0].field, std::string("Date"));
    QCOMPARE(mapping.time[0].format, std::string("day_first"));
    QCOMPARE(mapping.quantities.size(), 1U);
    QCOMPARE(mapping.quantities[0].name, std::string("temperature"));
    QCOMPARE(mapping.quantities[0].unit, std::string("°F"));
    QCOMPARE(inference.fields.size(), 4U);
  }

  void asksInItsInferenceToo() {
    const Inference inference = inferred("time,temp\n03/04/2024 10:00,1\n");
    QVERIFY(inference.fields.at(0).remark.find("day or month first?") == 0);
    QCOMPARE(inference.mapping.time.at(0).format, std::string());
  }

  void aMappingOverridesWhatWouldBeInferred() {
    Mapping mapping;
    mapping.header = false;
    const Batch numbered = batchOf("time,temp\n2024-01-02,1\n", "x", mapping);
    QCOMPARE(numbered.rows.size(), 1U);
    QCOMPARE(valueOf(numbered, 0, "column_2"), 1.0);

    mapping = {};
    mapping.skip_lines = 2;
    const Batch skipped = batchOf("time,hum\n2024-01-01,5\ntime,temp\n2024-01-02,1\n", "x", mapping);
    QCOMPARE(skipped.rows.size(), 1U);
    QCOMPARE(valueOf(skipped, 0, "temperature"), 1.0);
    QCOMPARE(skipped.counts.skipped, 3);

    mapping = {};
    mapping.comment = "REM";
    mapping.format = Mapping::Format::Delimited;
    const Batch remarked = batchOf("time,temp\nREM 1,2\n2024-01-02,1\n", "x", mapping);
    QCOMPARE(remarked.rows.size(), 1U);
    QCOMPARE(remarked.counts.skipped, 2);

    mapping = {};
    mapping.delimiter = ' ';
    mapping.decimal = ',';
    const Batch blanks = batchOf("time temp\n2024-01-02T10:00 1,5\n", "x", mapping);
    QCOMPARE(valueOf(blanks, 0, "temperature"), 1.5);

    mapping = {};
    mapping.time = {{"when", {}, "%d of %B in %Y"}};
    const Batch odd = batchOf("when,temp\n2 of March in 2024,1\n3 of March in 2024,2\n", "x", mapping);
    QCOMPARE(odd.rows.size(), 2U);
    QCOMPARE(odd.rows[0].event_time_us, parseIsoTime("2024-03-02")->time_us);

    mapping.time = {{"time", {}, "month_first"}};
    const Batch month = batchOf("time;temp\n03/04/2024;1\n", "x", mapping);
    QCOMPARE(month.rows.at(0).event_time_us, parseIsoTime("2024-03-04")->time_us);
  }

  void tellsWhichColumnsChanged() {
    const Batch batch = batchOf("time,temp,light\n2024-01-02,1,5\ntime,pm25,temp\n2024-01-03,7,2\n");
    QCOMPARE(batch.notes.size(), 1U);
    QCOMPARE(batch.notes[0].line, 3);
    QCOMPARE(batch.notes[0].text, std::string("columns changed: + pm25, \u2212 light"));
    QCOMPARE(valueOf(batch, 1, "temperature"), 2.0);
    QVERIFY(std::isnan(valueOf(batch, 1, "light")));
  }

  void saysThatDayAndMonthCanBeEither() {
    const Batch batch = batchOf("time,temp\n03/04/2024 10:00,1\n03/04/2024 10:01,1\n");
    QCOMPARE(batch.rows.size(), 0U);
    QCOMPARE(batch.rejects.at(0).reason,
             std::string("day or month first? 03/04/2024 10:00 can be both; a mapping must say"));
  }

  void readsAFileOfTwoLinesAtOnce() {
    const std::string file = "# x\nTitle\ntime;temp\n2024-01-02 10:00;1\n";
    const std::string padded = file + std::string(kChunkPadding, ' ');
    const std::string_view bytes = std::string_view(padded).substr(0, file.size());
    QVERIFY(recogniseFormat(bytes, false).kind == Recognition::Kind::Delimited);
    Batch batch;
    const auto parser = makeParser(Recognition::Kind::Delimited, {});
    QCOMPARE(parser->parse({bytes, 0, 1, false}, batch).bytes, file.size());
    QCOMPARE(batch.rows.size(), 1U);
  }

  void flagsHoursThatAClockChangeRepeats() {
    Mapping berlin;
    berlin.zone = "Europe/Berlin";
    const Batch batch =
        batchOf("time,temp\n2024-10-27 02:50,1\n2024-10-27 02:00,2\n2024-10-27 03:00,3\n", "x", berlin);
    QCOMPARE(batch.rows.size(), 3U);
    QCOMPARE(batch.rows[1].event_time_us - batch.rows[0].event_time_us, 10 * kMinute);
    QCOMPARE(batch.rows[1].flags, kRepeatedHour);
    QCOMPARE(batch.rows[2].flags, std::uint8_t{0});
  }

  void keepsThePassOfARepeatedHourWhenCut() {
    Mapping berlin;
    berlin.zone = "Europe/Berlin";
    std::string file = "time;temp\n";
    for (const char *hour : {"01", "02", "02", "03"})
      for (int minute = 0; minute < 60; minute += 5)
        file += "27/10/2024 " + std::string(hour) + (minute < 10 ? ":0" : ":") + std::to_string(minute) +
                ";1,5\n";
    const Parsed whole = parseWhole(file, berlin);
    QCOMPARE(whole.rows.size(), 48U);
    QVERIFY(whole.rows.front().find("2024-10-26T23:00:00") == 0);
    QVERIFY(whole.rows.back().find("2024-10-27T02:55:00") == 0);
    QVERIFY(std::is_sorted(whole.rows.begin(), whole.rows.end()));
    QCOMPARE(differenceWhenCut(file, 60, 1, berlin), std::string());
  }

  void staysLawfulWithItsOwnMapping_data() { reads_data(); }
  void staysLawfulWithItsOwnMapping() {
    QFETCH(int, index);
    const std::string file = kShapes[index].file;
    QCOMPARE(differenceWhenCut(file, 30, 1, inferred(file).mapping), std::string());
  }

  void theHeadersZoneCountsMoreThanTheMappings() {
    Mapping berlin;
    berlin.zone = "Europe/Berlin";
    const Batch batch = batchOf("timestamp_utc,temp\n2024-01-02 10:00,1\n", "x", berlin);
    QCOMPARE(batch.rows.at(0).event_time_us, parseIsoTime("2024-01-02T10:00")->time_us);
  }
};

METEOROGRAPH_TEST(tst_DelimitedShapes)
#include "tst_DelimitedShapes.moc"
