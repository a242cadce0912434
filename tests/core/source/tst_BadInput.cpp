// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Packing.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

using namespace meteorograph;

namespace {

std::string lines(const std::string &device, int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine(device, second, 20 + second % 7);
  return text;
}

int told(const std::vector<EventEntry> &events, std::string_view kind, std::string_view words) {
  int count = 0;
  for (const EventEntry &event : events)
    count += event.kind == kind && event.text.find(words) != std::string::npos;
  return count;
}

/// Lines whose times are the device's own, received today.
std::string clockLines(const std::string &device, int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += R"({"device":")" + device + R"(","time":")" +
            formatIsoTime(1'700'000'000 * kSecond + second * kSecond) + "\",\"temperature\":20}\n";
  return text;
}

/// A table with so many devices, each with one reading.
std::string fleet(int devices, int second) {
  std::string text = "time,device,temperature\n";
  const std::string time = formatIsoTime(1'700'000'000 * kSecond + second * kSecond);
  for (int i = 0; i < devices; ++i)
    text += time + ",device " + std::to_string(i) + "," + std::to_string(20 + i % 7) + "\n";
  return text;
}

/// A reading with the given quantities besides its temperature.
std::string wide(int second, int from, int to) {
  std::string line = R"({"device":"q","time":")" + formatIsoTime(1'700'000'000 * kSecond + second * kSecond) +
                     R"(","temperature":20)";
  for (int i = from; i < to; ++i)
    line += ",\"extra" + std::to_string(i) + "\":" + std::to_string(i);
  return line + "}\n";
}

} // namespace

/// What no sensor would write: the event log says so, and the rest of the folder is as if it were not there.
class tst_BadInput : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsWhatStandsBeforeAnEndlessPackedLine_data();
  void readsWhatStandsBeforeAnEndlessPackedLine();
  void refusesPackedZeros_data();
  void refusesPackedZeros();
  void tellsOfAClockThatLeaps();
  void tellsOfVeryManyDevices();
  void knowsDevicesThatItHasNoRoomFor();
  void keepsTheReadingsOfThousandsOfQuantities_data();
  void keepsTheReadingsOfThousandsOfQuantities();
};

void tst_BadInput::readsWhatStandsBeforeAnEndlessPackedLine_data() {
  QTest::addColumn<bool>("zstd");
  QTest::newRow("gzip") << false;
  QTest::newRow("zstd") << true;
}

void tst_BadInput::readsWhatStandsBeforeAnEndlessPackedLine() {
  QFETCH(bool, zstd);
  StoreHarness store;
  const std::string text = lines("d", 0, 3) + "{\"a\":\"" + std::string(40'000'000, 'x');
  store.write("a", zstd ? zstdOf(text) : gzipOf(text));
  store.write("good.json", lines("g", 0, 5));
  store.ingest();
  QCOMPARE(store.overview().readings, 8);
  QCOMPARE(told(store.events(), "error", "longer than 16 MiB and has no end"), 1);
  QVERIFY(store.files()[0].pending_bytes > 39'000'000);
  store.ingest();
  QCOMPARE(store.overview().readings, 8);
  QCOMPARE(told(store.events(), "error", "longer than 16 MiB and has no end"), 1);
}

void tst_BadInput::refusesPackedZeros_data() { readsWhatStandsBeforeAnEndlessPackedLine_data(); }

void tst_BadInput::refusesPackedZeros() {
  QFETCH(bool, zstd);
  StoreHarness store;
  const std::string zeros(40'000'000, '\0');
  store.write("a", zstd ? zstdOf(zeros) : gzipOf(zeros));
  store.write("good.json", lines("g", 0, 5));
  store.ingest();
  QCOMPARE(store.overview().readings, 5);
  QCOMPARE(told(store.events(), "error", "not a text file"), 1);
}

void tst_BadInput::tellsOfAClockThatLeaps() {
  constexpr int kLeap = 1'000'000'000;
  StoreHarness store;
  store.write("a.json", clockLines("d", 0, 10) + clockLines("d", kLeap, kLeap + 10) +
                            clockLines("d", 10, 20) + clockLines("d", -kLeap, 10 - kLeap) +
                            clockLines("d", 20, 30) + clockLines("e", 0, 30));
  store.write("good.json", lines("g", 0, 30));
  store.ingest();
  QCOMPARE(store.overview().readings, 110);
  QCOMPARE(store.inconsistency(), QString());
  QCOMPARE(told(store.events(), "warning", "line 11: the time of d leaps from "), 1);
  QCOMPARE(told(store.events(), "warning", "leaps"), 1);
  for (const DeviceStatus &device : store.overview().devices)
    QCOMPARE(device.late, device.name == "d" ? 10 : 0); // those of 1992: what lies ahead moves no watermark
}

void tst_BadInput::tellsOfVeryManyDevices() {
  StoreHarness store;
  store.write("a.csv", fleet(10'001, 0));
  store.write("good.json", lines("g", 0, 5));
  store.ingest();
  QCOMPARE(store.overview().readings, 10'006);
  QCOMPARE(told(store.events(), "warning", "the store holds 10000 devices now"), 1);
}

void tst_BadInput::knowsDevicesThatItHasNoRoomFor() {
  constexpr int kDevices = 40'000; // more than are kept in memory
  StoreHarness store;
  store.batches_per_commit = 4;
  for (int second = 0; second < 3; ++second) {
    store.write("a" + std::to_string(second) + ".csv", fleet(kDevices, second));
    store.ingest();
  }
  store.reopen();
  store.write("a1.csv", fleet(kDevices, 4000)); // replaces readings of devices that are not in memory
  store.ingest();
  const Overview overview = store.overview();
  QCOMPARE(overview.devices.size(), std::size_t{kDevices});
  QCOMPARE(overview.readings, 3 * kDevices);
  for (const DeviceStatus &device : overview.devices)
    if (device.readings != 3 || device.late != 0)
      QFAIL(device.name.c_str());
  QCOMPARE(store.inconsistency(), QString());
}

void tst_BadInput::keepsTheReadingsOfThousandsOfQuantities_data() {
  QTest::addColumn<bool>("atOnce");
  QTest::newRow("in one record") << true;
  QTest::newRow("one a record") << false;
}

void tst_BadInput::keepsTheReadingsOfThousandsOfQuantities() {
  QFETCH(bool, atOnce);
  constexpr int kQuantities = 3000;
  StoreHarness store;
  std::string text;
  for (int i = 0; i < (atOnce ? 5 : kQuantities); ++i)
    text += atOnce ? wide(i, 0, kQuantities) : wide(i, i, i + 1);
  store.write("a.json", text);
  store.write("good.json", lines("g", 0, 5));
  store.ingest();
  QCOMPARE(store.overview().readings, (atOnce ? 5 : kQuantities) + 5);
  QCOMPARE(store.overview().quantities.size(), 400u);
  QVERIFY(store.rescued().find("\"extra2999\":2999") != std::string::npos);
  QCOMPARE(told(store.events(), "note", "there are more than 400 quantities"), 1);
  QCOMPARE(store.inconsistency(), QString());
}

METEOROGRAPH_TEST(tst_BadInput)
#include "tst_BadInput.moc"
