// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace meteorograph;

namespace {

constexpr int kPatience = EngineHarness::kPatience;

std::string lines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine("d", second, 20 + second % 5);
  return text;
}

std::string bytesOf(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// No file of the process may grow beyond a size while this lives: a disk that takes no more.
class FullDisk {
public:
  explicit FullDisk(rlim_t most) {
    m_signal = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &m_before);
    const rlimit now{most, m_before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &m_before);
    std::signal(SIGXFSZ, m_signal);
  }
  FullDisk(const FullDisk &) = delete;
  FullDisk &operator=(const FullDisk &) = delete;

private:
  rlimit m_before{};
  void (*m_signal)(int);
};

/// A file system of its own of so many bytes, where the process may mount one.
class SmallDisk {
public:
  explicit SmallDisk(const char *options) {
    m_mounted = ::mount("tmpfs", path().c_str(), "tmpfs", 0, options) == 0;
  }
  ~SmallDisk() {
    if (m_mounted)
      ::umount2(path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk &) = delete;
  SmallDisk &operator=(const SmallDisk &) = delete;
  bool mounted() const { return m_mounted; }
  std::string path() const { return m_folder.path().toStdString(); }

private:
  QTemporaryDir m_folder;
  bool m_mounted = false;
};

bool fails(EngineHarness &harness, std::string_view words) {
  const EngineStatus status = harness.engine().status();
  return status.state == EngineStatus::State::Failed && status.error.find(words) != std::string::npos &&
         status.error.find(harness.store()) != std::string::npos && status.failing_since_us != kNoTime;
}

bool follows(EngineHarness &harness) {
  return harness.engine().status().state == EngineStatus::State::Following;
}

bool backUp(EngineHarness &harness, const std::string &to) {
  std::promise<bool> done;
  harness.engine().requestBackup(
      to, false, [&done](const Result<Copied> &copied) { done.set_value(copied.has_value()); });
  return done.get_future().get();
}

} // namespace

/// What becomes of the store's disk and file while the engine runs.
class tst_StoreFaults : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void goesOnWhenTheDiskTakesWritesAgain();
  void goesOnWhenAFullDiskHasRoomAgain();
  void remembersASourceOnceItCanBeWritten();
  void refusesACorrectionWhileNothingCanBeWritten();
  void goesOnWhenTheStoreIsBack();
  void writesNothingIntoAStoreThatTookItsPlace();
  void losesNothingWithARemovedStore();
  void writesNothingIntoAnEmptiedStore();
  void writesNothingIntoABackupPutOverTheStore();
  void leavesNoLogToABackupInPlaceOfAnEmptiedStore();
  void writesNothingBesideAnotherWriter();
  void waitsForAnotherProgramsLock();
  void endsWhileNothingCanBeWritten();
};

void tst_StoreFaults::goesOnWhenTheDiskTakesWritesAgain() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  {
    const FullDisk disk(100 << 10);
    for (int i = 0; i < 20; ++i) // each file below the limit, together more than the log may take
      harness.write("b" + std::to_string(i) + ".json", lines(i * 500, i * 500 + 500));
    QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "cannot write"), kPatience);
    QVERIFY(harness.engine().status().queued_rows <= 2 * 100'000);
  }
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10'010, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(follows(harness), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.count("error", "nothing is lost"), 1, kPatience);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_StoreFaults::goesOnWhenAFullDiskHasRoomAgain() {
  const SmallDisk disk("size=1m");
  if (!disk.mounted())
    QSKIP("mounting a small file system needs root");
  EngineHarness harness({}, disk.path());
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  const std::string ballast = disk.path() + "/ballast";
  std::ofstream(ballast) << std::string(1 << 20, 'x');
  harness.append("a.json", lines(10, 20'000));
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "free some disk space"), kPatience);
  std::filesystem::remove(ballast);
  QVERIFY(::mount("tmpfs", disk.path().c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20'000, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(follows(harness), kPatience);
  QCOMPARE(harness.inconsistency(), QString());
  harness.engine().stop();
}

void tst_StoreFaults::remembersASourceOnceItCanBeWritten() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  {
    const FullDisk disk(1);
    harness.engine().follow({harness.path("")});
    QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "cannot write"), kPatience);
  }
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  QVERIFY(harness.sourceId("") > 0);
  QTRY_VERIFY_WITH_TIMEOUT(follows(harness), kPatience);
}

void tst_StoreFaults::refusesACorrectionWhileNothingCanBeWritten() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  const DeviceId device = harness.deviceId("d");
  const auto rename = [device](Engine &engine, const EngineHarness::Handler &handler) {
    engine.renameDevice(device, "roof", handler);
  };
  {
    const FullDisk disk(1);
    const Result<CorrectionReport> idle = harness.correct(rename); // nothing has failed before
    QVERIFY(!idle);
    QVERIFY(idle.error().message.find(harness.store()) != std::string::npos);
  }
  {
    const FullDisk disk(3000);
    harness.append("a.json", lines(10, 20));
    QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "cannot write"), kPatience);
    const Result<CorrectionReport> waiting = harness.correct(rename); // while a commit is tried again
    QVERIFY(!waiting);
  }
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(follows(harness), kPatience);
  QVERIFY(harness.correct(rename));
  QCOMPARE(harness.deviceId("roof"), device);
}

void tst_StoreFaults::goesOnWhenTheStoreIsBack() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  const std::string away = harness.store() + ".away";
  std::filesystem::rename(harness.store(), away);
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "was moved or removed"), kPatience); // also without a commit
  harness.append("a.json", lines(10, 20));
  std::filesystem::rename(away, harness.store());
  QTRY_VERIFY_WITH_TIMEOUT(follows(harness), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_StoreFaults::writesNothingIntoAStoreThatTookItsPlace() {
  EngineHarness other;
  other.write("b.json", lines(100, 200));
  QVERIFY(other.ingest(""));
  other.engine().stop();
  const std::string foreign = bytesOf(other.store());
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  const std::string away = harness.store() + ".away";
  std::filesystem::rename(harness.store(), away);
  std::filesystem::copy_file(other.store(), harness.store());
  harness.append("a.json", lines(10, 20));
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "another file lies in place of the store"), kPatience);
  // Neither does a query that opens the store only now take the other's for its own.
  std::promise<Result<RawRecord>> record;
  harness.engine().requestRawRecord(1, 0, [&](Result<RawRecord> got) { record.set_value(std::move(got)); });
  QCOMPARE(record.get_future().get().error().code, ErrorCode::StoreUnusable);
  QCOMPARE(bytesOf(harness.store()), foreign);
  std::filesystem::rename(away, harness.store());
  QTRY_VERIFY_WITH_TIMEOUT(follows(harness), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
}

void tst_StoreFaults::losesNothingWithARemovedStore() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  for (const char *file : {"", "-wal", "-shm"})
    std::filesystem::remove(harness.store() + file);
  harness.append("a.json", lines(10, 20));
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "was moved or removed"), kPatience);
  harness.engine().stop();
  harness.reopen();
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 20);
}

void tst_StoreFaults::writesNothingIntoAnEmptiedStore() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  QVERIFY(::truncate(harness.store().c_str(), 0) == 0);
  harness.append("a.json", lines(10, 20));
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "was emptied"), kPatience);
  QCOMPARE(std::filesystem::file_size(harness.store()), 0u);
}

/// By `cp`: the file stays the same one, and so does the log beside it.
void tst_StoreFaults::writesNothingIntoABackupPutOverTheStore() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  const std::string backup = harness.store() + ".backup";
  QVERIFY(backUp(harness, backup));
  harness.append("a.json", lines(10, 20));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  harness.reopen(); // brings the log into the file
  harness.engine().followRemembered();
  harness.append("a.json", lines(20, 30));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 30, kPatience);
  const std::string saved = bytesOf(backup);
  std::filesystem::copy_file(backup, harness.store(), std::filesystem::copy_options::overwrite_existing);
  harness.append("a.json", lines(30, 40));
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "was written over"), kPatience);
  harness.engine().stop();
  QVERIFY(bytesOf(harness.store()) == saved);
  harness.reopen();
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 40);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_StoreFaults::leavesNoLogToABackupInPlaceOfAnEmptiedStore() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  const std::string backup = harness.store() + ".backup";
  QVERIFY(backUp(harness, backup));
  QVERIFY(::truncate(harness.store().c_str(), 0) == 0);
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "was emptied"), kPatience);
  std::filesystem::copy_file(backup, harness.store(), std::filesystem::copy_options::overwrite_existing);
  harness.engine().stop();
  QVERIFY(!std::filesystem::exists(harness.store() + "-wal"));
  QVERIFY(bytesOf(harness.store()) == bytesOf(backup));
}

/// Somebody has deleted the lock: both read the same files.
void tst_StoreFaults::writesNothingBesideAnotherWriter() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  const std::string lock = harness.store() + "-lock";
  QVERIFY(std::filesystem::remove(lock));
  EngineOptions options;
  options.store_path = harness.store();
  const Result<std::unique_ptr<Engine>> other = Engine::open(options);
  QVERIFY(other);
  (*other)->follow({harness.path("")});
  QTRY_VERIFY_WITH_TIMEOUT((*other)->status().state == EngineStatus::State::Following, kPatience);
  harness.append("a.json", lines(10, 20));
  const auto isOut = [](Engine &engine) {
    return engine.status().error.find("another program writes") != std::string::npos;
  };
  QTRY_VERIFY_WITH_TIMEOUT(isOut(harness.engine()) || isOut(**other), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  harness.engine().stop();
  QVERIFY(std::filesystem::exists(lock)); // the other's
  (*other)->stop();
  harness.reopen();
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 20);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_StoreFaults::waitsForAnotherProgramsLock() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  Result<Database> other = Database::open(harness.store(), Database::Mode::ReadWrite);
  QVERIFY(other && other->execute("BEGIN EXCLUSIVE"));
  harness.append("a.json", lines(10, 20));
  QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "another program is using it"), kPatience);
  QVERIFY(other->execute("ROLLBACK"));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(follows(harness), kPatience);
}

void tst_StoreFaults::endsWhileNothingCanBeWritten() {
  EngineHarness harness;
  harness.write("a.json", lines(0, 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  {
    const FullDisk disk(3000);
    harness.append("a.json", lines(10, 20));
    QTRY_VERIFY_WITH_TIMEOUT(fails(harness, "cannot write"), kPatience);
    harness.engine().stop();
  }
  harness.reopen();
  harness.engine().followRemembered();
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
}

METEOROGRAPH_TEST(tst_StoreFaults)
#include "tst_StoreFaults.moc"
