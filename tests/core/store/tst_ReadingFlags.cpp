// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreReader.h"
#include "core/store/StoreWriter.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;

namespace {

/// One reading, as a parser hands it over.
FileBatch oneReading(const ReadingRow &reading) {
  FileBatch file;
  file.checkpoint.id = 1;
  file.checkpoint.path = "/data/a.csv";
  file.checkpoint.state = FileState::Done;
  file.batch.deviceIndex("d");
  const std::size_t column = file.batch.quantityColumn("temperature", "°C");
  file.batch.setValue(file.batch.addRow(reading), column, 20);
  file.batch.counts = {1, 1, 0, 0};
  return file;
}

constexpr TimeUs kNow = 1'700'000'000 * kSecond;

class Store {
public:
  Store() : m_writer(std::move(*StoreWriter::open({path(), 10 * kMinute, [] { return kNow; }}))) {}
  std::string path() const { return m_folder.path().toStdString() + "/s.meteorograph"; }
  bool commit(std::vector<FileBatch> batches) { return m_writer->commit(batches).has_value(); }
  std::unique_ptr<StoreReader> reader() const { return std::move(*StoreReader::open(path())); }
  std::vector<std::int64_t> flags() const {
    Result<Database> database = Database::open(path(), Database::Mode::ReadOnly);
    Statement rows = database->prepareOnce("SELECT flags FROM bronze ORDER BY event_time_us DESC");
    std::vector<std::int64_t> all;
    while (rows.next())
      all.push_back(rows.integer(0));
    return all;
  }

private:
  QTemporaryDir m_folder;
  std::unique_ptr<StoreWriter> m_writer;
};

} // namespace

class tst_ReadingFlags : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void keepsWhatAParserSaysOfAReading();
  void givesAReadingWithoutATimeThatOfItsArrival();
  void tellsWhatAParserNoted();
};

void tst_ReadingFlags::keepsWhatAParserSaysOfAReading() {
  Store store;
  ReadingRow reading;
  std::vector<FileBatch> batches;
  for (const std::uint8_t flags : {std::uint8_t{0}, kRepeatedHour, kMissingHour}) {
    reading.event_time_us = kNow - kHour * flags;
    reading.flags = flags;
    batches.push_back(oneReading(reading));
  }
  QVERIFY(store.commit(std::move(batches)));
  QCOMPARE(store.flags(),
           (std::vector<std::int64_t>{0, kRepeatedHour | kLateReading, kMissingHour | kLateReading}));
  QCOMPARE(store.reader()->overview()->late, 2);
  QCOMPARE(storeInconsistency(store.path()), QString());
}

void tst_ReadingFlags::givesAReadingWithoutATimeThatOfItsArrival() {
  Store store;
  QVERIFY(store.commit({oneReading({})}));
  QCOMPARE(store.reader()->overview()->newest_us, kNow);
  ReadingRow received;
  received.received_time_us = kNow - kMinute;
  QVERIFY(store.commit({oneReading(received)}));
  QCOMPARE(store.reader()->overview()->first_us, kNow - kMinute);
  QCOMPARE(storeInconsistency(store.path()), QString());
}

void tst_ReadingFlags::tellsWhatAParserNoted() {
  Store store;
  FileBatch file;
  file.checkpoint.id = 1;
  file.checkpoint.path = "/data/a.csv";
  file.batch.notes.push_back({7, "dates are read with the day first"});
  QVERIFY(store.commit({file}));
  const std::vector<EventEntry> events = *store.reader()->events(-1);
  QCOMPARE(events.size(), 1u);
  QCOMPARE(events[0].kind, std::string("note"));
  QCOMPARE(events[0].text, std::string("/data/a.csv, line 7: dates are read with the day first"));
}

METEOROGRAPH_TEST(tst_ReadingFlags)
#include "tst_ReadingFlags.moc"
