// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

using namespace meteorograph;

namespace {

std::string twoDigits(int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); }

/// Six readings a day of April 2024, day first.
std::string readings(int fromDay, int toDay) {
  std::string text = fromDay == 1 ? "time,temp\n" : "";
  for (int day = fromDay; day <= toDay; ++day)
    for (int hour = 0; hour < 24; hour += 4)
      text += twoDigits(day) + "/04/2024 " + twoDigits(hour) + ":00," + std::to_string(day) + "\n";
  return text;
}

std::string valuesOf(const std::string &content) {
  StoreHarness store;
  store.write("log.csv", content);
  store.ingest();
  return store.values();
}

} // namespace

/// Dates like 03/04/2024 in the engine: the whole file decides, whenever it comes.
class tst_DateOrder : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aDateAtTheEndOfALongFileDecides() {
    std::string file = "time,temp\n";
    for (int i = 0; i < 60'000; ++i)
      file += "03/04/2024 10:" + twoDigits(i % 60) + ":00," + std::to_string(i) + "\n";
    StoreHarness store;
    store.write("log.csv", file + "13/04/2024 10:00:00,5\n");
    store.ingest();
    QCOMPARE(store.overview().counts.quarantined, 0);
    QCOMPARE(store.overview().counts.accepted, 60'001);
    QVERIFY(store.values().find("2024-04-03T10:00:00") != std::string::npos);
    QVERIFY(store.values().find("2024-03-04") == std::string::npos);
  }

  void whatCannotBeDecidedWaitsInQuarantine() {
    StoreHarness store;
    store.write("log.csv", readings(3, 3).insert(0, "time,temp\n"));
    store.ingest();
    QCOMPARE(store.overview().counts.accepted, 0);
    QCOMPARE(store.overview().counts.quarantined, 6);
    store.append("log.csv", readings(13, 13));
    store.ingest();
    QCOMPARE(store.overview().counts.accepted, 12);
    QCOMPARE(store.overview().counts.quarantined, 0);
    QCOMPARE(store.inconsistency(), QString());
    QCOMPARE(store.values(), valuesOf("time,temp\n" + readings(3, 3) + readings(13, 13)));
  }

  void growsToTheSameHoweverItComes_data() {
    QTest::addColumn<int>("piece");
    for (const int piece : {40, 333, 1500})
      QTest::addRow("%d bytes", piece) << piece;
  }
  void growsToTheSameHoweverItComes() {
    QFETCH(int, piece);
    const std::string file = readings(1, 14);
    const std::string expected = valuesOf(file);
    QVERIFY(expected.find("2024-04-02") != std::string::npos);
    StoreHarness store;
    for (std::size_t at = 0; at < file.size(); at += static_cast<std::size_t>(piece)) {
      store.append("log.csv", file.substr(at, static_cast<std::size_t>(piece)));
      store.ingest(at % 2 == 0);
      if (at % 3 == 0)
        store.reopen();
    }
    store.ingest();
    QCOMPARE(store.values(), expected);
    QCOMPARE(store.overview().counts.quarantined, 0);
    QCOMPARE(store.inconsistency(), QString());
  }
};

METEOROGRAPH_TEST(tst_DateOrder)
#include "tst_DateOrder.moc"
