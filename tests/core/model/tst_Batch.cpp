// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Batch.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;

class tst_Batch : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void knowsFewAndManyDevicesByName();
  void widensRowsWhenAQuantityIsNew();
};

void tst_Batch::knowsFewAndManyDevicesByName() {
  Batch batch;
  for (int turn = 0; turn < 3; ++turn)
    for (int i = 0; i < 50; ++i) {
      const int device = turn == 1 ? 49 - i : i;
      QCOMPARE(batch.deviceIndex("device " + std::to_string(device)), device);
    }
  QCOMPARE(batch.devices.size(), 50u);
  batch.clear();
  QCOMPARE(batch.deviceIndex("device 7"), 0);
}

void tst_Batch::widensRowsWhenAQuantityIsNew() {
  Batch batch;
  const std::size_t first = batch.quantityColumn("temperature", "°C");
  for (int i = 0; i < 5000; ++i)
    batch.setValue(batch.addRow({}), first, i);
  const std::size_t second = batch.quantityColumn("humidity", "%");
  for (int i = 5000; i < 10'000; ++i)
    batch.setValue(batch.addRow({}), second, i);
  QCOMPARE(batch.rows.size(), 10'000u);
  QCOMPARE(batch.value(4999, first), 4999.0);
  QVERIFY(std::isnan(batch.value(4999, second)));
  QVERIFY(std::isnan(batch.value(9999, first)));
  QCOMPARE(batch.value(9999, second), 9999.0);
}

METEOROGRAPH_TEST(tst_Batch)
#include "tst_Batch.moc"
