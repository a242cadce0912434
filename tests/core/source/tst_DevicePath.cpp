// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RecordParser.h"
#include "tests/support/TestMain.h"

#include <QTest>

class tst_DevicePath : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void tellsTheDevice_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("device");
    const char *cases[][2] = {{"/data/part-000012.json", "part"},
                              {"/data/raspberry_dht22_log.csv", "raspberry_dht22_log"},
                              {"/lake/device=pi 3/2024/01/part-0001.json", "pi 3"},
                              {"/lake/device=pi/device=other.json", "pi"},
                              {"/data/kitchen/2024-01-31.csv", "kitchen"},
                              {"/data/kitchen/20240131_235900.csv.gz", "kitchen"},
                              {"/data/garden_2024_01_31.csv", "garden"},
                              {"/data/garden-2024-01.csv", "garden"},
                              {"/data/2024-01-31T10:15:00Z-garden.csv", "garden"},
                              {"/data/20260222_201501_MHZ_19_CO2_log.tsv", "MHZ_19_CO2_log"},
                              {"/data/sensor.log.1", "sensor"},
                              {"/data/sensor.log.12.gz", "sensor"},
                              {"/data/0_abc123.json", "0_abc123"},
                              {"/data/room1.csv", "room1"},
                              {"/data/outdoor", "outdoor"},
                              {"outdoor.csv", "outdoor"},
                              {"/data/site/0001.json", "site"},
                              {"/data/.hidden", "hidden"},
                              {"", ""}};
    for (const auto &[path, device] : cases)
      QTest::newRow(*path ? path : "empty") << path << device;
  }
  void tellsTheDevice() {
    QFETCH(QString, path);
    QFETCH(QString, device);
    QCOMPARE(QString::fromStdString(meteorograph::deviceFromPath(path.toStdString())), device);
  }
};

METEOROGRAPH_TEST(tst_DevicePath)
#include "tst_DevicePath.moc"
