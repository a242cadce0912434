// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreWriter.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;

namespace {

constexpr TimeUs kNow = 1'700'000'000 * kSecond;

FileBatch emptyFile(std::int64_t id) {
  FileBatch file;
  file.checkpoint.id = id;
  file.checkpoint.path = "/data/" + std::to_string(id) + ".csv";
  file.checkpoint.state = FileState::Done;
  return file;
}

void addReading(FileBatch &file, const std::string &device, TimeUs time, std::size_t columns) {
  ReadingRow row;
  row.device = file.batch.deviceIndex(device);
  row.event_time_us = time;
  row.line = static_cast<std::int64_t>(file.batch.rows.size()) + 1;
  const std::size_t index = file.batch.addRow(row);
  for (std::size_t column = 0; column < columns; ++column)
    file.batch.setValue(index, column, static_cast<double>(time % 1000));
  ++file.batch.counts.records;
  ++file.batch.counts.accepted;
}

FileBatch fileOf(std::int64_t id, const std::string &device, int readings, std::size_t quantities) {
  FileBatch file = emptyFile(id);
  for (std::size_t i = 0; i < quantities; ++i)
    file.batch.quantityColumn("q" + std::to_string(i), "");
  for (int i = 0; i < readings; ++i)
    addReading(file, device, kNow + (id * 100'000 + i) * kMillisecond, quantities);
  return file;
}

class Store {
public:
  Store() : m_writer(std::move(*StoreWriter::open({path(), 10 * kMinute, [] { return kNow; }}))) {}
  std::string path() const { return m_folder.path().toStdString() + "/s.meteorograph"; }
  bool commit(std::vector<FileBatch> batches) { return m_writer->commit(batches).has_value(); }
  std::int64_t integer(const std::string &sql) const {
    Result<Database> database = Database::open(path(), Database::Mode::ReadOnly);
    return database->integer(sql).value_or(-1);
  }

private:
  QTemporaryDir m_folder;
  std::unique_ptr<StoreWriter> m_writer;
};

} // namespace

class tst_BronzeInsert : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void givesNoIdTwice();
  void keepsADevicesHourTogether();
  void takesAFewFilesOfManyQuantitiesAmongOthers();
};

void tst_BronzeInsert::givesNoIdTwice() {
  Store store;
  QVERIFY(store.commit({fileOf(1, "a", 3, 1), fileOf(2, "a", 4, 1)}));
  FileBatch instead = fileOf(3, "a", 2, 1);
  instead.replaces = 2;
  QVERIFY(store.commit({std::move(instead)}));
  QCOMPARE(store.integer("SELECT max(id) FROM bronze WHERE file_id = 1"), 3);
  QCOMPARE(store.integer("SELECT min(id) FROM bronze WHERE file_id = 3"), 8);
  QCOMPARE(store.integer("SELECT max(id) FROM bronze WHERE file_id = 3"), 9);
  QCOMPARE(store.integer("SELECT first_bronze_id FROM file WHERE id = 3"), 8);
  QCOMPARE(storeInconsistency(store.path()), QString());
}

void tst_BronzeInsert::keepsADevicesHourTogether() {
  Store store;
  FileBatch file = emptyFile(1);
  file.batch.quantityColumn("temperature", "°C");
  for (int i = 0; i < 60; ++i) // devices take turns, time goes back and forth over two hours
    addReading(file, i % 2 == 0 ? "a" : "b", kNow + i * 37 % 120 * kMinute + i * kMillisecond, 1);
  QVERIFY(store.commit({std::move(file)}));
  const std::string hour = "(b.event_time_us / 3600000000)";
  QCOMPARE(store.integer("SELECT count(*) FROM bronze_run"),
           store.integer("SELECT count(DISTINCT device_id || ' ' || " + hour + ") FROM bronze b"));
  QCOMPARE(store.integer("SELECT count(*) FROM bronze_run r JOIN bronze b ON b.id BETWEEN r.first_id AND"
                         " r.last_id AND b.device_id = r.device_id AND " +
                         hour + " = r.hour AND b.event_time_us BETWEEN r.first_us AND r.last_us"),
           60);
  QCOMPARE(storeInconsistency(store.path()), QString());
}

void tst_BronzeInsert::takesAFewFilesOfManyQuantitiesAmongOthers() {
  Store store;
  std::vector<FileBatch> batches;
  for (std::int64_t id = 1; id <= 4; ++id)
    batches.push_back(fileOf(id, "a", 2000, 1));
  batches.push_back(fileOf(5, "b", 3, 120));
  batches.push_back(fileOf(6, "a", 2000, 2));
  QVERIFY(store.commit(std::move(batches)));
  QCOMPARE(store.integer("SELECT count(*) FROM bronze"), 10'003);
  QCOMPARE(store.integer("SELECT count(q1) FROM bronze"), 2003);
  QCOMPARE(store.integer("SELECT count(q119) FROM bronze"), 3);
  QCOMPARE(store.integer("SELECT sum(q0_count) FROM silver"), 10'003);
  QCOMPARE(store.integer("SELECT sum(q1_count) FROM rollup_60s"), 2003);
  QCOMPARE(store.integer("SELECT sum(q119_count) FROM rollup_1d"), 3);
  QCOMPARE(store.integer("SELECT sum(last_id - first_id + 1) FROM bronze_run"), 10'003);
}

METEOROGRAPH_TEST(tst_BronzeInsert)
#include "tst_BronzeInsert.moc"
