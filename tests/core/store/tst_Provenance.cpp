// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RawText.h"
#include "tests/support/Packing.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <cmath>

using namespace meteorograph;

/// From a window back to its readings, and from those to the text in their files.
class tst_Provenance : public QObject {
  Q_OBJECT

  struct Bench {
    StoreHarness harness;
    std::unique_ptr<StoreReader> reader;
    void open() { reader = std::move(*StoreReader::open(harness.store())); }
    Result<ReadingsOfWindow> readings(TimeUs from, TimeUs to, std::size_t limit = 500) const {
      const Result<Overview> overview = reader->overview();
      return reader->readings({overview->devices.at(0).id, from, to, limit});
    }
    RawRecord record(const StoredReading &reading) const {
      const std::atomic<bool> cancelled{false};
      return readRawRecord(*reader->file(reading.file_id), reading.offset, cancelled).value();
    }
  };
  static std::string lines(int from, int to) {
    std::string text;
    for (int second = from; second < to; ++second)
      text += jsonLine("attic", second, 20 + second % 5);
    return text;
  }
  static std::string lineOf(const std::string &text, std::size_t line) {
    std::size_t at = 0;
    for (std::size_t i = 1; i < line; ++i)
      at = text.find('\n', at) + 1;
    return text.substr(at, text.find('\n', at) - at);
  }

private Q_SLOTS:
  void leadsFromAWindowToItsReadings() {
    Bench bench;
    const std::string text = lines(0, 20) + "nonsense\n" + lines(20, 40) + jsonLine("attic", 30, 99);
    bench.harness.write("a.json", text);
    bench.harness.ingest();
    bench.open();
    const TimeUs start = bench.reader->overview()->first_us;
    const ReadingsOfWindow window = bench.readings(start + 30 * kSecond, start + 31 * kSecond).value();
    QCOMPARE(window.total, std::int64_t{2});
    QVERIFY(!window.more);
    QCOMPARE(window.quantities.front().name, std::string("temperature"));
    QCOMPARE(window.readings[0].values[0], 20.0);
    QCOMPARE(window.readings[1].values[0], 99.0);
    QCOMPARE(window.readings[0].line, std::int64_t{32}); // behind the one that is none
    QCOMPARE(window.readings[1].line, std::int64_t{42});
    for (const StoredReading &reading : window.readings) {
      QCOMPARE(reading.event_time_us, start + 30 * kSecond);
      QVERIFY(reading.received_time_us > 0);
      QCOMPARE(reading.file, bench.harness.path("a.json"));
      const RawRecord record = bench.record(reading);
      QVERIFY(record.state == RawRecord::State::Found && !record.cut);
      QCOMPARE(record.text, lineOf(text, static_cast<std::size_t>(reading.line)));
    }
  }

  void isBoundedAndSaysHowManyThereAre() {
    Bench bench;
    bench.harness.write("a.json", lines(0, 5000));
    bench.harness.ingest();
    bench.open();
    const TimeUs start = bench.reader->overview()->first_us;
    const ReadingsOfWindow window = bench.readings(start, start + kDay, 7).value();
    QCOMPARE(window.readings.size(), std::size_t{7});
    QCOMPARE(window.total, std::int64_t{5000});
    QCOMPARE(window.readings.back().event_time_us, start + 6 * kSecond); // the first by time
    QVERIFY(bench.readings(start + kDay, start + 2 * kDay)->readings.empty());
    const std::atomic<bool> cancelled{true};
    const Result<ReadingsOfWindow> withdrawn = bench.reader->readings(
        {bench.reader->overview()->devices.at(0).id, start, start + kDay, 7}, &cancelled);
    QVERIFY(!withdrawn && withdrawn.error().code == ErrorCode::Cancelled);
  }

  void readsTheRecordWhateverItIsPackedIn_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    const std::string text = lines(0, 3000); // several blocks
    const auto bytes = [](const std::string &packed) { return QByteArray::fromStdString(packed); };
    QTest::newRow("plain") << "a.json" << bytes(text);
    QTest::newRow("gzip") << "a.json.gz" << bytes(gzipOf(text));
    QTest::newRow("zstd") << "a.json.zst" << bytes(zstdOf(text));
    QTest::newRow("UTF-16") << "a.json" << bytes(utf16Of(text, false));
  }
  void readsTheRecordWhateverItIsPackedIn() {
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    Bench bench;
    bench.harness.write(name.toStdString(), content.toStdString());
    bench.harness.ingest();
    bench.open();
    const TimeUs start = bench.reader->overview()->first_us;
    const StoredReading reading =
        bench.readings(start + 2900 * kSecond, start + 2901 * kSecond)->readings.at(0);
    const std::string line = jsonLine("attic", 2900, 20);
    QCOMPARE(bench.record(reading).text, line.substr(0, line.size() - 1));
  }

  void readsAnObjectOverManyLinesAndAmongOthers() {
    Bench bench;
    const std::string spread =
        "{\"deviceId\":\"attic\",\n \"time\":\"2024-01-01T00:00:02Z\",\n \"note\":\"} {\\\"\",\n "
        "\"temperature\":7}";
    bench.harness.write("a.json",
                        "[{\"deviceId\":\"attic\",\"time\":\"2024-01-01T00:00:01Z\",\"temperature\":6}, " +
                            spread + "]\n");
    bench.harness.ingest();
    bench.open();
    const TimeUs start = bench.reader->overview()->first_us;
    const ReadingsOfWindow window = bench.readings(start, start + kMinute).value();
    QCOMPARE(window.total, std::int64_t{2});
    QCOMPARE(bench.record(window.readings[1]).text, spread);
  }

  void saysWhenTheFileIsGoneOrChanged() {
    Bench bench;
    bench.harness.write("a.json", lines(0, 10));
    bench.harness.ingest();
    bench.open();
    const TimeUs start = bench.reader->overview()->first_us;
    const StoredReading reading = bench.readings(start + 5 * kSecond, start + 6 * kSecond)->readings.at(0);
    bench.harness.append("a.json", lines(10, 20)); // grown: what was read is still there
    const std::atomic<bool> cancelled{true};
    const Result<RawRecord> withdrawn =
        readRawRecord(*bench.reader->file(reading.file_id), reading.offset, cancelled);
    QVERIFY(!withdrawn && withdrawn.error().code == ErrorCode::Cancelled);
    QVERIFY(bench.record(reading).state == RawRecord::State::Found);
    bench.harness.write("a.json", lines(100, 120));
    QVERIFY(bench.record(reading).state == RawRecord::State::Changed);
    QVERIFY(bench.record(reading).text.empty());
    bench.harness.remove("a.json");
    QVERIFY(bench.record(reading).state == RawRecord::State::Gone);
    const Result<FileCheckpoint> none = bench.reader->file(4711);
    QVERIFY(!none && none.error().code == ErrorCode::Usage);
  }

  void cutsWhatIsTooLongBetweenCharacters() {
    Bench bench;
    std::string text = "time,device,temperature,remark\n2024-01-01T00:00:01Z,attic,6,";
    for (int i = 0; i < 20'000; ++i)
      text += "ä";
    bench.harness.write("a.csv", text + "\n");
    bench.harness.ingest();
    bench.open();
    const TimeUs start = bench.reader->overview()->first_us;
    const RawRecord record = bench.record(bench.readings(start, start + kSecond)->readings.at(0));
    QVERIFY(record.cut);
    QVERIFY(record.text.starts_with("2024-01-01T00:00:01Z,attic,6,ä") && record.text.ends_with("ä"));
  }
};

METEOROGRAPH_TEST(tst_Provenance)
#include "tst_Provenance.moc"
