// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <random>

using namespace meteorograph;

namespace {
const QString kData = QStringLiteral(METEOROGRAPH_SHARED_DATA "/data/");

std::string sample(const char *name) { return readFile((kData + QString::fromLatin1(name)).toStdString()); }

/// A row without its place, for comparing files of other formats.
std::string withoutPlace(const Batch &batch, std::size_t row) {
  Batch moved = batch;
  moved.rows[row].line = 0;
  moved.rows[row].offset = 0;
  return describeRow(moved, row);
}
} // namespace

class tst_RealFiles : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase() {
    if (!QDir(kData).exists())
      QSKIP("the sample files are not here");
  }

  void accountsForEveryRecord_data() {
    QTest::addColumn<int>("readings");
    QTest::addColumn<int>("skipped");
    QTest::newRow("asa_output_ndjson/quickstart_vscode_output.json") << 11 << 0;
    QTest::newRow("asa_json_array/SampleSensorData.json") << 219 << 0;
    QTest::newRow("asa_json_array/HelloWorldASA-InputStream.json") << 1860 << 0;
    QTest::newRow("asa_json_array/DifferentTimestamps.json") << 8 << 0;
    QTest::newRow("asa_csv/SensorDataSample.csv") << 219 << 1;
    QTest::newRow("thingspeak_csv/fhnw_feeds.csv") << 13052 << 1;
    QTest::newRow("thingspeak_csv/environment_monitor_feeds.csv") << 17819 << 1;
    QTest::newRow("uci_occupancy_csv/datatest.txt") << 2665 << 1;
    QTest::newRow("uci_occupancy_csv/datatest2.txt") << 9752 << 1;
    QTest::newRow("dht22_csv/raspberry_dht22_log.csv") << 78976 << 1;
    QTest::newRow("uci_energy_csv/testing.csv") << 4932 << 1;
  }
  void accountsForEveryRecord() {
    QFETCH(int, readings);
    QFETCH(int, skipped);
    const std::string file = sample(QTest::currentDataTag());
    const Parsed parsed = parseWhole(file);
    QCOMPARE(parsed.rejects, std::vector<std::string>());
    QCOMPARE(parsed.counts.accepted, readings);
    QCOMPARE(parsed.counts.skipped, skipped);
    QCOMPARE(parsed.consumed, file.size());
    QVERIFY(isAccounted(parsed));
  }

  void twoFormatsGiveTheSameReadings() {
    const Batch json = batchOf(sample("asa_json_array/SampleSensorData.json"));
    const Batch csv = batchOf(sample("asa_csv/SensorDataSample.csv"));
    QCOMPARE(json.rows.size(), csv.rows.size());
    for (std::size_t row = 0; row < json.rows.size(); ++row)
      QCOMPARE(withoutPlace(json, row), withoutPlace(csv, row));
  }

  void partsAWideRowIntoItsDevices() {
    const Batch batch = batchOf(sample("uci_energy_csv/testing.csv"), "testing");
    QCOMPARE(batch.counts.accepted, 4932);
    QCOMPARE(batch.rows.size(), 49'320U);
    QCOMPARE(batch.devices,
             (std::vector<std::string>{"testing", "testing 1", "testing 2", "testing 3", "testing 4",
                                       "testing 5", "testing 6", "testing 7", "testing 8", "testing 9"}));
    std::vector<std::string> names;
    for (const QuantityKey &key : batch.quantities())
      names.push_back(key.name);
    QCOMPARE(names, (std::vector<std::string>{"appliances", "lights", "temperature", "humidity", "pressure",
                                              "windspeed", "visibility", "tdewpoint", "rv1", "rv2", "nsm"}));
    QCOMPARE(valueOf(batch, 1, "temperature"), 19.890000000000001);
    QCOMPARE(valueOf(batch, 1, "humidity"), 46.066666666666698);
    QVERIFY(std::abs(valueOf(batch, 0, "pressure") - 977.9) < 1);
  }

  void givesTheSameHoweverItIsCut_data() { addFiles(); }
  void givesTheSameHoweverItIsCut() {
    QFETCH(QString, path);
    const std::string head = readFile(path.toStdString()).substr(0, 6'000);
    QCOMPARE(differenceWhenCut(head, 4), std::string());
    QVERIFY(isAccounted(parseWhole(head)));
  }

  void survivesDamage_data() { addFiles(); }
  void survivesDamage() {
    QFETCH(QString, path);
    const std::string head = readFile(path.toStdString()).substr(0, 6'000);
    std::mt19937 random(2024);
    for (int i = 0; i < 10; ++i) {
      std::string hurt = head.substr(0, random() % head.size());
      for (auto flips = random() % 10; flips > 0 && !hurt.empty(); --flips)
        hurt[random() % hurt.size()] ^= static_cast<char>(1 << random() % 8);
      QVERIFY(isAccounted(parseWhole(hurt)));
      QCOMPARE(differenceWhenCut(hurt, 1, static_cast<unsigned>(i)), std::string());
    }
  }

private:
  void addFiles() {
    QTest::addColumn<QString>("path");
    QDirIterator files(kData, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
      const QString path = files.next();
      QTest::newRow(qPrintable(QDir(kData).relativeFilePath(path))) << path;
    }
  }
};

METEOROGRAPH_TEST(tst_RealFiles)
#include "tst_RealFiles.moc"
