// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Presets.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QDateTime>
#include <QDir>
#include <QTest>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace meteorograph;
using nlohmann::json;

namespace {

const QString kData = QStringLiteral(METEOROGRAPH_SHARED_DATA "/data/");

std::string sample(const QString &name) { return readFile((kData + name).toStdString()); }

/// The elements of an array, or the objects of lines.
std::vector<json> recordsOf(const std::string &file) {
  std::vector<json> records;
  if (file.find_first_not_of(" \t\r\n") != file.npos && file[file.find_first_not_of(" \t\r\n")] == '[') {
    for (const json &record : json::parse(file))
      records.push_back(record);
    return records;
  }
  std::istringstream lines(file);
  for (std::string line; std::getline(lines, line);)
    if (!line.empty())
      records.push_back(json::parse(line));
  return records;
}

/// Microseconds of an ISO time in UTC, by Qt for the seconds and by hand for the fraction.
TimeUs timeOf(std::string text) {
  if (text.ends_with('Z'))
    text.pop_back();
  const std::size_t point = text.find('.');
  std::string fraction = point == text.npos ? "" : text.substr(point + 1);
  fraction.resize(6, '0');
  const QString seconds = QString::fromStdString(text.substr(0, point)) + QStringLiteral("Z");
  return QDateTime::fromString(seconds, Qt::ISODate).toSecsSinceEpoch() * kSecond + std::stoll(fraction);
}

std::string deviceOf(const Batch &batch, std::size_t row) {
  return batch.devices[static_cast<std::size_t>(batch.rows.at(row).device)];
}

Batch readWith(const std::string &preset, const std::string &file) {
  FileContext context{"/data/file", "default", {}};
  if (const Result<Mapping> mapping = loadMapping(preset))
    context.mapping = *mapping;
  const auto parser = makeParser(Recognition::Kind::Json, context);
  const std::string padded = file + std::string(kChunkPadding, ' ');
  Batch batch;
  parser->parse({std::string_view(padded).substr(0, file.size()), 0, 1, true}, batch);
  return batch;
}

} // namespace

class tst_RealJson : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase() {
    if (!QDir(kData).exists())
      QSKIP("the sample files are not here");
  }

  void readsAStreamsOutput() {
    const std::string file = sample(QStringLiteral("asa_output_ndjson/quickstart_vscode_output.json"));
    const std::vector<json> records = recordsOf(file);
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), 11U);
    QCOMPARE(records.size(), 11U);
    for (std::size_t i = 0; i < records.size(); ++i) {
      QCOMPARE(qint64{batch.rows[i].event_time_us},
               qint64{timeOf(records[i]["EventEnqueuedUtcTime"].get<std::string>())});
      QCOMPARE(deviceOf(batch, i), records[i]["deviceId"].get<std::string>());
      QCOMPARE(batch.rows[i].message_id, records[i]["messageId"].get<std::int64_t>());
      QCOMPARE(valueOf(batch, i, "temperature"), records[i]["temperature"].get<double>());
      QCOMPARE(valueOf(batch, i, "humidity"), records[i]["humidity"].get<double>());
    }
  }

  void readsArrays_data() {
    QTest::addColumn<int>("count");
    QTest::newRow("DifferentTimestamps.json") << 8;
    QTest::newRow("SampleSensorData.json") << 219;
    QTest::newRow("HelloWorldASA-InputStream.json") << 1860;
  }
  void readsArrays() {
    QFETCH(int, count);
    const std::string file =
        sample(QStringLiteral("asa_json_array/") + QString::fromLatin1(QTest::currentDataTag()));
    const std::vector<json> records = recordsOf(file);
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), static_cast<std::size_t>(count));
    QCOMPARE(records.size(), static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < records.size(); ++i) {
      const json &record = records[i];
      const json &time = record.contains("time") ? record["time"] : record["readtime"];
      const json &device = record.contains("dspl") ? record["dspl"] : record["sensorid"];
      QCOMPARE(qint64{batch.rows[i].event_time_us}, qint64{timeOf(time.get<std::string>())});
      QCOMPARE(deviceOf(batch, i), device.get<std::string>());
      if (record.contains("hmdt"))
        QCOMPARE(valueOf(batch, i, "humidity"), record["hmdt"].get<double>());
      else
        QCOMPARE(valueOf(batch, i, "value"), std::stod(record["value"].get<std::string>()));
    }
  }

  void readsAHubsMessageTwice() {
    std::vector<std::string> readings;
    for (const char *name : {"contoso_original.json", "contoso_enriched.json"}) {
      const std::string file = sample(QStringLiteral("iothub_blob_ndjson/") + QString::fromLatin1(name));
      const json record = recordsOf(file).at(0);
      const json body = json::parse(
          QByteArray::fromBase64(QByteArray::fromStdString(record["Body"].get<std::string>())).toStdString());
      Batch batch = batchOf(file);
      QCOMPARE(batch.rows.size(), 1U);
      QCOMPARE(qint64{batch.rows[0].event_time_us},
               qint64{timeOf(record["EnqueuedTimeUtc"].get<std::string>())});
      QCOMPARE(deviceOf(batch, 0), record["SystemProperties"]["connectionDeviceId"].get<std::string>());
      QCOMPARE(valueOf(batch, 0, "temperature"), body["temperature"].get<double>());
      QCOMPARE(valueOf(batch, 0, "humidity"), body["humidity"].get<double>());
      QCOMPARE(batch.quantities().size(), 2U);
      batch.rows[0].offset = 0;
      readings.push_back(describeRow(batch, 0));
    }
    QCOMPARE(readings[0], readings[1]);
  }

  void readsSeedsByTheirPreset_data() {
    QTest::addColumn<int>("count");
    QTest::newRow("seeds01.json") << 1396;
    QTest::newRow("seeds02.json") << 1317;
  }
  void readsSeedsByTheirPreset() {
    QFETCH(int, count);
    const std::string file =
        sample(QStringLiteral("seeds_json_array/") + QString::fromLatin1(QTest::currentDataTag()));
    const std::vector<json> records = recordsOf(file);
    const Batch batch = readWith("seeds_json_array", file);
    QCOMPARE(batch.rows.size(), static_cast<std::size_t>(count));
    QCOMPARE(batch.counts.records, static_cast<std::int64_t>(records.size()));
    for (std::size_t i = 0; i < records.size(); ++i) {
      const std::int64_t id = records[i]["id"].get<std::int64_t>();
      const QDate day(static_cast<int>(id / 1'000'000 % 10'000), static_cast<int>(id / 10'000 % 100),
                      static_cast<int>(id / 100 % 100));
      const QDateTime time(day, QTime(static_cast<int>(id % 100), 0), Qt::UTC);
      QCOMPARE(qint64{batch.rows[i].event_time_us}, qint64{time.toSecsSinceEpoch() * kSecond});
      QCOMPARE(deviceOf(batch, i), std::to_string(id / 10'000'000'000));
      QCOMPARE(valueOf(batch, i, "temperature"), records[i]["airTemp"].get<double>());
      QCOMPARE(valueOf(batch, i, "humidity"), records[i]["airHum"].get<double>());
      QCOMPARE(valueOf(batch, i, "pressure"), records[i]["airPress"].get<double>());
      const double light = records[i]["light"].get<double>();
      QCOMPARE(std::isnan(valueOf(batch, i, "light")), light == 65535);
    }
  }

  void everyPresetIsAMapping() {
    const std::vector<Preset> presets = allPresets();
    QVERIFY(presets.size() >= 13);
    for (const Preset &preset : presets) {
      if (preset.own)
        continue;
      QCOMPARE(preset.mapping.name, preset.name);
      QVERIFY(!preset.mapping.empty());
    }
  }
};

METEOROGRAPH_TEST(tst_RealJson)
#include "tst_RealJson.moc"
