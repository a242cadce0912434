// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/RepairRun.h"
#include "core/engine/RetentionRun.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QFile>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <random>
#include <sys/mount.h>

using namespace meteorograph;

/// What repair saves of stores that were damaged in every part, with and without the files that they were
/// made from.
class tst_Repair : public QObject {
  Q_OBJECT

  static constexpr int kPage = 8192;
  std::unique_ptr<EngineHarness> m_harness;
  std::string m_store; ///< whole
  std::string m_tables;
  std::int64_t m_readings = 0;

  static std::string lines(const std::string &device, int from, int to) {
    std::string text;
    for (int second = from; second < to; ++second)
      text += second % 500 == 7 ? "no reading\n" : jsonLine(device, second, 10 + second % 97 * 0.25);
    return text;
  }

  static std::string dump(const std::string &store) {
    const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store);
    return reader ? dumpStore(**reader, true) : reader.error().message;
  }

  /// The pages of a table or index, in the order of its rows.
  static std::vector<std::int64_t> pagesOf(const std::string &store, const std::string &name,
                                           const char *type) {
    Result<Database> database = Database::open(store, Database::Mode::Immutable);
    Statement rows =
        database->prepareOnce("SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = ?2 ORDER BY path");
    rows.bind(1, std::string_view(name)).bind(2, std::string_view(type));
    std::vector<std::int64_t> pages;
    while (rows.next())
      pages.push_back(rows.integer(0));
    return pages;
  }

  static void overwrite(const std::string &store, std::int64_t offset, const QByteArray &bytes) {
    QFile file(QString::fromStdString(store));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
  }

  static QByteArray noise(int size, unsigned seed) {
    std::mt19937 random(seed);
    QByteArray bytes(size, '\0');
    for (char &byte : bytes)
      byte = static_cast<char>(random());
    return bytes;
  }

  std::string damagedCopy() const {
    const std::string copy = m_store + ".damaged";
    for (const char *suffix : {"", "-wal", "-shm", "-lock"})
      std::filesystem::remove(copy + suffix);
    std::filesystem::copy_file(m_store, copy);
    return copy;
  }

  Result<RepairReport> repair(const std::string &damaged) const {
    const std::atomic<bool> stop{false};
    for (const char *suffix : {"", "-wal", "-shm", "-lock"})
      std::filesystem::remove(m_store + ".new" + suffix);
    return repairStore(damaged, m_store + ".new", stop, [](const std::string &) {});
  }

private Q_SLOTS:
  void initTestCase() {
    m_harness = std::make_unique<EngineHarness>();
    m_harness->write("data/a.json", lines("roof", 0, 1500));
    m_harness->write("data/b.json", lines("cellar", 700, 2300));
    m_harness->write("data/c.json", lines("roof", 1700, 2900));
    QVERIFY(m_harness->ingest("data"));
    m_store = m_harness->store() + ".whole";
    std::promise<bool> done;
    m_harness->engine().requestBackup(m_store, false,
                                      [&done](const Result<Copied> &c) { done.set_value(c.has_value()); });
    QVERIFY(done.get_future().get());
    m_tables = dump(m_store);
    m_readings = m_harness->readings();
    for (const char *suffix : {"-wal", "-shm"}) // of the look at it
      std::filesystem::remove(m_store + suffix);
  }

  /// The disk that the system makes read-only when it fails is the one to save a store from.
  void readsAStoreOnAReadOnlyDisk() {
    const QTemporaryDir folder;
    const std::string disk = folder.path().toStdString();
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=16m") != 0)
      QSKIP("mounting needs root");
    std::filesystem::copy_file(m_store, disk + "/store");
    const bool readOnly = ::mount("", disk.c_str(), "", MS_REMOUNT | MS_RDONLY, "") == 0;
    const Result<RepairReport> report = repair(disk + "/store");
    ::umount2(disk.c_str(), MNT_DETACH);
    QVERIFY(readOnly);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->readings, m_readings);
  }

  void leavesTheSignOfAnUncleanEnd() {
    const std::string damaged = damagedCopy();
    std::ofstream(damaged + "-lock") << "1 some-host\n";
    QVERIFY(repair(damaged));
    QVERIFY(std::filesystem::exists(damaged + "-lock"));
  }

  /// What retention gave up is not missed, and what comes back from the files is not counted twice.
  void bringsBackWhatWasLostBehindTheHorizon() {
    EngineHarness harness;
    harness.write("data/a.json", lines("roof", 0, 9000));
    harness.write("data/b.json", lines("cellar", 3000, 12'000));
    QVERIFY(harness.ingest("data"));
    const std::int64_t readings = harness.readings();
    harness.engine().stop();
    const std::atomic<bool> stop{false};
    {
      const Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open({harness.store()});
      QVERIFY(writer);
      RetentionSettings settings;
      settings.of(StoreLayer::Bronze).age_us = kHour;
      QVERIFY(Retention(**writer).change(settings));
      QVERIFY(retainNow(**writer, wallClockNow(), stop, [](const Retained &) {}));
    }
    const std::string whole = dump(harness.store());
    const std::vector<std::int64_t> pages = pagesOf(harness.store(), "bronze", "leaf");
    overwrite(harness.store(), (pages[pages.size() / 2] - 1) * kPage, QByteArray(kPage, '\0'));
    const Result<RepairReport> report = repair(harness.store());
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QVERIFY(report->lost.empty() && !report->read_again.empty());
    const Result<Overview> overview = (*StoreReader::open(m_store + ".new"))->overview();
    QCOMPARE(overview->readings, readings);
    QCOMPARE(overview->bronze_rows, report->readings);
    std::int64_t ofDevices = 0;
    for (const DeviceStatus &device : overview->devices)
      ofDevices += device.readings;
    QCOMPARE(ofDevices, readings);
    QVERIFY(dump(m_store + ".new") == whole);
  }

  void bringsEverythingBackFromTheFiles_data() {
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind"); // 0 zeros, 1 noise, 2 one wrong byte
    for (const char *kind : {"zeros", "noise", "one byte"})
      for (const char *table :
           {"bronze", "silver", "rollup_60s", "bronze_run", "file", "file_by_path", "device", "quarantine",
            "quarantine_by_file", "source", "totals", "quantity"}) {
        const int number = kind[0] == 'z' ? 0 : kind[0] == 'n' ? 1 : 2;
        if (number == 2 && std::string(table) != "bronze" && std::string(table) != "silver")
          continue;
        QTest::addRow("%s in a leaf of %s", kind, table) << table << "leaf" << number;
      }
    for (const char *table : {"bronze", "silver"})
      QTest::addRow("zeros in the root of %s", table) << table << "internal" << 0;
  }
  void bringsEverythingBackFromTheFiles() {
    QFETCH(QString, table);
    QFETCH(QString, type);
    QFETCH(int, kind);
    const std::vector<std::int64_t> pages = pagesOf(m_store, table.toStdString(), type.toStdString().c_str());
    QVERIFY(!pages.empty());
    const std::string damaged = damagedCopy();
    const std::int64_t page = (pages[pages.size() / 2] - 1) * kPage;
    if (kind == 2)
      overwrite(damaged, page + kPage - 300, QByteArray(1, '\x5a'));
    else
      overwrite(damaged, page, kind == 0 ? QByteArray(kPage, '\0') : noise(kPage, 7));
    const Result<RepairReport> report = repair(damaged);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->readings, m_readings);
    QCOMPARE(storeInconsistency(m_store + ".new"), QString());
    QVERIFY(dump(m_store + ".new") == m_tables);
    if (table == "bronze" || table == "file" || table == "device" || table == "quarantine")
      QCOMPARE(QString::fromStdString(report->lost.empty() ? std::string() : report->lost.front()),
               QString());
  }

  void bringsBackWhatATruncatedStoreHeld() {
    const std::string damaged = damagedCopy();
    std::filesystem::resize_file(damaged, std::filesystem::file_size(damaged) / 2 / kPage * kPage);
    const Result<RepairReport> report = repair(damaged);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->readings, m_readings);
    QCOMPARE(storeInconsistency(m_store + ".new"), QString());
    QVERIFY(dump(m_store + ".new") == m_tables);
  }

  void aWholeStoreStaysAsItIs() {
    const std::string same = damagedCopy();
    const Result<RepairReport> report = repair(same);
    QVERIFY(report);
    QVERIFY(report->lost.empty() && report->damage.empty() && report->read_again.empty());
    QVERIFY(dump(m_store + ".new") == m_tables);
    QCOMPARE(storeInconsistency(m_store + ".new"), QString());
    EngineOptions options;
    options.store_path = m_store + ".new";
    const std::atomic<bool> stop{false};
    QCOMPARE((*Engine::open(options))->ingest({m_harness->path("data")}, stop)->readings, 0);
  }

  void keepsWhatCanBeReadWhereTheFilesAreGone() {
    const std::string damaged = damagedCopy();
    const std::vector<std::int64_t> pages = pagesOf(m_store, "bronze", "leaf");
    overwrite(damaged, (pages[pages.size() / 2] - 1) * kPage, QByteArray(kPage, '\0'));
    const std::filesystem::path data = m_harness->path("data");
    std::filesystem::rename(data, data.string() + ".away");
    const Result<RepairReport> report = repair(damaged);
    std::filesystem::rename(data.string() + ".away", data);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QVERIFY(report->readings < m_readings && report->readings > m_readings * 9 / 10);
    QCOMPARE(report->windows_without_readings, m_readings - report->readings);
    QVERIFY(!report->lost.empty());
    for (const std::string &line : report->lost)
      QVERIFY2(line.find("data/") != std::string::npos && line.find("the file is gone") != std::string::npos,
               line.c_str());
    // The windows are all there.
    QVERIFY(dumpWindows(**StoreReader::open(m_store + ".new")) == dumpWindows(**StoreReader::open(m_store)));
    for (const char *suffix : {"-wal", "-shm"})
      std::filesystem::remove(m_store + suffix);
  }

  void saysInALineWhatCannotBeRepaired() {
    const std::string damaged = damagedCopy();
    overwrite(damaged, 0, QByteArray(kPage, '\0'));
    const Result<RepairReport> report = repair(damaged);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::StoreUnusable);
    QVERIFY(report.error().message.find("cannot be repaired") != std::string::npos);
    QVERIFY(!std::filesystem::exists(m_store + ".new"));
  }

  /// Whatever is wrong: never a crash, never a store that is not sound, and the damaged one is untouched.
  void survivesAnyDamage() {
    std::mt19937 random(20'240'101);
    for (int round = 0; round < 8; ++round) {
      const std::string damaged = damagedCopy();
      const std::int64_t size = static_cast<std::int64_t>(std::filesystem::file_size(damaged));
      for (int hit = 0; hit < 6; ++hit) {
        const std::int64_t at = kPage + static_cast<std::int64_t>(random()) % (size - 2 * kPage);
        const int length = 1 + static_cast<int>(random() % 2000);
        overwrite(damaged, at, noise(length, static_cast<unsigned>(random())));
      }
      QFile file(QString::fromStdString(damaged));
      QVERIFY(file.open(QIODevice::ReadOnly));
      const QByteArray before = file.readAll();
      const Result<RepairReport> report = repair(damaged);
      file.seek(0);
      QVERIFY(file.readAll() == before);
      if (!report) {
        QCOMPARE(report.error().code, ErrorCode::StoreUnusable);
        continue;
      }
      QCOMPARE((*StoreReader::open(m_store + ".new"))->integrity(true)->found, std::string("ok"));
      // A file whose path was struck as well cannot be read again, which is said.
      const bool pathIsLost =
          std::any_of(report->lost.begin(), report->lost.end(), [](const std::string &line) {
            return line.find("its path is lost") != std::string::npos;
          });
      QVERIFY(report->readings == m_readings || (pathIsLost && report->readings < m_readings));
    }
  }
};

METEOROGRAPH_TEST(tst_Repair)
#include "tst_Repair.moc"
