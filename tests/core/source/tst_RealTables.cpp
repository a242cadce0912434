// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Presets.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QTest>

#include <cmath>
#include <cstdlib>
#include <ctime>

using namespace meteorograph;

namespace {

const QString kData = QStringLiteral(METEOROGRAPH_SHARED_DATA "/data/");

/// A column of a real file, found by counting delimiters, and what the parser is to call it.
struct Expected {
  const char *file;
  const char *preset; ///< nullptr: everything inferred
  const char *quantity;
  char delimiter;
  int headerLines;
  int column;     ///< of the value, from 0
  int timeColumn; ///< from 0
  const char *timeFormat;
  int offsetHours; ///< of the file's times, east
  double missing = 1e9;
  double factor = 1; ///< value · factor + shift is in canonical units
  double shift = 0;
};

const Expected kColumns[] = {
    {"hobo_csv/2_1HNT_Field.csv", nullptr, "temperature", ',', 2, 2, 1, "%m/%d/%y %I:%M:%S %p", -5},
    {"hobo_csv/2_1HNT_Field.csv", "hobo", "humidity", ',', 2, 3, 1, "%m/%d/%y %I:%M:%S %p", -5},
    {"hobo_csv/Ch6-28C.csv", nullptr, "temperature", ',', 2, 2, 1, "%m/%d/%y %I:%M:%S %p", -6},
    {"hobo_csv/Ch6-28C.csv", nullptr, "humidity", ',', 2, 3, 1, "%m/%d/%y %I:%M:%S %p", -6},
    {"uci_airquality_csv/AirQualityUCI.csv", "uci_air_quality", "temperature", ';', 1, 12, 0,
     "%d/%m/%Y %H.%M.%S", 0, -200},
    {"uci_airquality_csv/AirQualityUCI.csv", "uci_air_quality", "humidity", ';', 1, 13, 0,
     "%d/%m/%Y %H.%M.%S", 0, -200},
    {"uci_airquality_csv/AirQualityUCI.csv", nullptr, "temperature", ';', 1, 12, 0, "%d/%m/%Y %H.%M.%S", 0},
    {"uci_occupancy_csv/datatest.txt", nullptr, "temperature", ',', 1, 2, 1, "%Y-%m-%d %H:%M:%S", 0},
    {"uci_occupancy_csv/datatest2.txt", "uci_occupancy", "co2", ',', 1, 5, 1, "%Y-%m-%d %H:%M:%S", 0},
    {"dht22_csv/raspberry_dht22_log.csv", nullptr, "temperature", ',', 1, 2, 0, "%Y-%m-%d %H:%M:%S", 0},
    {"dht22_csv/raspberry_dht22_log.csv", nullptr, "humidity", ',', 1, 1, 0, "%Y-%m-%d %H:%M:%S", 0},
    {"bme280_tsv/20260222_201501_MHZ_19_CO2_log.tsv", nullptr, "temperature", '\t', 1, 4, 1,
     "%Y-%m-%dT%H:%M:%S", 0},
    {"bme280_tsv/20260222_201501_MHZ_19_CO2_log.tsv", nullptr, "pressure", '\t', 1, 6, 1, "%Y-%m-%dT%H:%M:%S",
     0},
    {"bme280_tsv/20260222_201501_MHZ_19_CO2_log.tsv", "bme280_tsv", "ds181", '\t', 1, 7, 1,
     "%Y-%m-%dT%H:%M:%S", 0},
    {"rooms_split_csv/temperature.csv", nullptr, "temperature", ',', 1, 2, 0, "%Y-%m-%d %H:%M:%S", 0},
    {"rooms_split_csv/humidity.csv", nullptr, "humidity", ',', 1, 2, 0, "%Y-%m-%d %H:%M:%S", 0},
    {"asa_csv/SensorDataSample.csv", "azure_stream_analytics_sample", "temperature", ',', 1, 2, 0,
     "%Y-%m-%dT%H:%M:%S", 0, 1e9, 5.0 / 9, -160.0 / 9},
    {"asa_csv/SensorDataSample.csv", nullptr, "pressure", ',', 1, 3, 0, "%Y-%m-%dT%H:%M:%S", 0, 1e9, 0.01},
    {"thingspeak_csv/environment_monitor_feeds.csv", nullptr, "humidity", ',', 1, 3, 0, "%Y-%m-%dT%H:%M:%S",
     0},
    {"thingspeak_csv/fhnw_feeds.csv", "thingspeak_temperature_humidity", "temperature", ',', 1, 2, 0,
     "%Y-%m-%dT%H:%M:%S", 0},
    {"thingspeak_csv/fhnw_feeds.csv", nullptr, "field2", ',', 1, 3, 0, "%Y-%m-%dT%H:%M:%S", 0},
    {"room_climate_csv/room_climate-location_A-measurement01.csv", "room_climate", "temperature", ',', 0, 4,
     1, nullptr, 0},
    {"room_climate_csv/room_climate-location_B-measurement11.csv", "room_climate", "humidity", ',', 0, 5, 1,
     nullptr, 0},
    {"room_climate_csv/room_climate-location_A-measurement60.csv", nullptr, "column_6", ',', 0, 5, 1, nullptr,
     0},
};

/// What a column holds, or what a batch has of a quantity.
struct Sums {
  long count = 0;
  double min = 1e300;
  double max = -1e300;
  double sum = 0;
  TimeUs first = INT64_MAX; ///< in whole seconds
  TimeUs last = INT64_MIN;

  void add(double value, TimeUs time) {
    ++count;
    min = std::min(min, value);
    max = std::max(max, value);
    sum += value;
    first = std::min(first, floorTo(time, kSecond));
    last = std::max(last, floorTo(time, kSecond));
  }
};

QStringList linesOf(const Expected &expected) {
  QStringList lines = QString::fromStdString(readFile((kData + expected.file).toStdString())).split('\n');
  lines = lines.mid(expected.headerLines);
  lines.erase(std::remove_if(lines.begin(), lines.end(),
                             [](const QString &line) { return line.trimmed().isEmpty() || line[0] == '#'; }),
              lines.end());
  return lines;
}

TimeUs timeOf(const QStringList &values, const Expected &expected) {
  if (expected.timeFormat == nullptr)
    return values[expected.timeColumn].trimmed().toLongLong() * kMillisecond;
  QString text = values[expected.timeColumn].trimmed();
  if (expected.delimiter == ';')
    text += " " + values[expected.timeColumn + 1];
  std::tm parts{};
  if (strptime(text.toUtf8().constData(), expected.timeFormat, &parts) == nullptr)
    return 0;
  return (timegm(&parts) - expected.offsetHours * 3600) * kSecond;
}

Sums countedByHand(const Expected &expected) {
  Sums sums;
  for (QString line : linesOf(expected)) {
    const QStringList values = line.remove('"').remove('\r').split(QChar(expected.delimiter));
    if (values.size() <= expected.column || values[expected.timeColumn].isEmpty())
      continue;
    QString text = values[expected.column].trimmed();
    if (expected.delimiter == ';')
      text.replace(',', '.');
    bool number = false;
    const double value = text.toDouble(&number);
    if (number && !std::isnan(value) && value != expected.missing)
      sums.add(value * expected.factor + expected.shift, timeOf(values, expected));
  }
  return sums;
}

Sums readByTheParser(const Expected &expected) {
  Mapping mapping;
  for (const Preset &preset : allPresets())
    if (expected.preset != nullptr && preset.name == expected.preset && !preset.own)
      mapping = preset.mapping;
  const Batch batch = batchOf(readFile((kData + expected.file).toStdString()), "x", mapping);
  Sums sums;
  for (std::size_t row = 0; row < batch.rows.size(); ++row)
    if (const double value = valueOf(batch, row, expected.quantity); !std::isnan(value))
      sums.add(value, batch.rows[row].event_time_us);
  return sums;
}

} // namespace

/// Columns of real files, against what plain counting gives.
class tst_RealTables : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase() {
    if (!QDir(kData).exists())
      QSKIP("the sample files are not here");
  }

  void holdsWhatTheFileHolds_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::size(kColumns)); ++i)
      QTest::addRow("%s %s %s", kColumns[i].file, kColumns[i].quantity,
                    kColumns[i].preset != nullptr ? kColumns[i].preset : "")
          << i;
  }
  void holdsWhatTheFileHolds() {
    QFETCH(int, index);
    const Sums expected = countedByHand(kColumns[index]);
    const Sums found = readByTheParser(kColumns[index]);
    QVERIFY(expected.count > 200);
    QCOMPARE(found.count, expected.count);
    QVERIFY(std::abs(found.min - expected.min) < 1e-9);
    QVERIFY(std::abs(found.max - expected.max) < 1e-9);
    QVERIFY(std::abs(found.sum - expected.sum) < 1e-6 * std::abs(expected.sum));
    QCOMPARE(found.first, expected.first);
    QCOMPARE(found.last, expected.last);
  }

  void takesTheLoggersSerialNumberAsItsDevice() {
    QCOMPARE(batchOf(readFile((kData + "hobo_csv/Ch6-28C.csv").toStdString())).devices,
             std::vector<std::string>{"20042961"});
  }

  void givesEachRoomADevice() {
    for (const char *preset : {"", "uci_energy"}) {
      Mapping mapping;
      for (const Preset &known : allPresets())
        if (known.name == preset)
          mapping = known.mapping;
      const Batch batch =
          batchOf(readFile((kData + "uci_energy_csv/testing.csv").toStdString()), "house", mapping);
      QCOMPARE(batch.counts.accepted, 4932);
      QVERIFY(batch.devices.size() >= 10);
      QVERIFY(batch.rows.size() >= 49'320);
    }
  }
};

METEOROGRAPH_TEST(tst_RealTables)
#include "tst_RealTables.moc"
