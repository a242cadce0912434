// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <condition_variable>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace meteorograph;

namespace {

constexpr int kPatience = EngineHarness::kPatience;

std::string lines(int from, int to, double value = 20) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine("d", second, value + second % 5);
  return text;
}

bool hasFault(EngineHarness &harness, const std::string &path, std::string_view words) {
  const std::vector<SourceFault> faults = harness.engine().status().faults;
  return std::any_of(faults.begin(), faults.end(), [&](const SourceFault &fault) {
    return fault.path == path && fault.since_us != kNoTime && fault.reason.find(words) != std::string::npos;
  });
}

bool hasNoFault(EngineHarness &harness) { return harness.engine().status().faults.empty(); }

/// No descriptor is left to the process while this lives.
class NoDescriptors {
public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &m_before);
    const int next = ::dup(0);
    const rlimit few{static_cast<rlim_t>(next) + 64, m_before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &few);
    m_taken.push_back(next);
    for (int taken = ::dup(0); taken >= 0; taken = ::dup(0))
      m_taken.push_back(taken);
  }
  ~NoDescriptors() {
    ::setrlimit(RLIMIT_NOFILE, &m_before);
    for (const int taken : m_taken)
      ::close(taken);
  }
  NoDescriptors(const NoDescriptors &) = delete;
  NoDescriptors &operator=(const NoDescriptors &) = delete;

private:
  rlimit m_before{};
  std::vector<int> m_taken;
};

/// A clock that can be made to hold up whoever asks for the time.
class Gate {
public:
  TimeUs pass() {
    std::unique_lock lock(m_mutex);
    m_waiting = m_waiting || m_closed;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return !m_closed; });
    return wallClockNow();
  }
  void close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_waiting = false;
  }
  void awaitSomebody() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting; });
  }
  void open() {
    const std::lock_guard lock(m_mutex);
    m_closed = false;
    m_changed.notify_all();
  }

private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_closed = false;
  bool m_waiting = false;
};

} // namespace

/// What becomes of folders, files and what the system gives while the engine runs.
class tst_SourceFaults : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void goesOnWhenAFolderIsBack();
  void seesThatAFolderAboveItsOwnIsGone();
  void replacesWhatWasRewrittenWhileItsFolderWasAway();
  void knowsAnUnmountedFolderFromAnEmptyOne();
  void knowsAMountPointThatIsEmptyAtTheStart();
  void goesOnWhenPermissionIsGivenBack();
  void looksForChangesWithoutWatches();
  void waitsForDescriptors();
  void endsWithTheLastOfManyRewrites_data();
  void endsWithTheLastOfManyRewrites();
  void takesManyFilesAtOnce();
  void takesMoreFilesAtOnceThanEventsAreHeld();
  void takesAFolderOfManyFilesThatIsMovedIn();
};

void tst_SourceFaults::goesOnWhenAFolderIsBack() {
  EngineHarness harness;
  const std::string data = harness.path("data");
  harness.write("data/a.json", lines(0, 10));
  harness.write("data/sub/b.json", lines(10, 20));
  harness.engine().follow({data});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  for (int round = 0; round < 2; ++round) {
    std::filesystem::rename(data, harness.path("away"));
    QTRY_VERIFY_WITH_TIMEOUT(hasFault(harness, data, "cannot open " + data), kPatience);
    harness.append("away/a.json", lines(20 + round * 10, 30 + round * 10));
    QTRY_COMPARE_WITH_TIMEOUT(harness.count("error", data), round + 1, kPatience);
    std::filesystem::rename(harness.path("away"), data);
    QTRY_VERIFY_WITH_TIMEOUT(hasNoFault(harness), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 30 + round * 10, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(harness.count("note", data + " can be read again"), round + 1, kPatience);
  }
  QCOMPARE(harness.files().size(), 2u);
  for (const FileStatus &file : harness.files())
    QCOMPARE(file.state, FileState::Following);
  harness.append("data/sub/b.json", lines(50, 60)); // it is watched again
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 50, kPatience);
}

void tst_SourceFaults::seesThatAFolderAboveItsOwnIsGone() {
  EngineHarness harness;
  const std::string data = harness.path("above/data");
  harness.write("above/data/a.json", lines(0, 10));
  harness.engine().follow({data});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  std::filesystem::rename(harness.path("above"), harness.path("away"));
  QTRY_VERIFY_WITH_TIMEOUT(hasFault(harness, data, "cannot open"), kPatience);
  std::filesystem::rename(harness.path("away"), harness.path("above"));
  QTRY_VERIFY_WITH_TIMEOUT(hasNoFault(harness), kPatience);
  QCOMPARE(harness.file("above/data/a.json").state, FileState::Following);
}

void tst_SourceFaults::replacesWhatWasRewrittenWhileItsFolderWasAway() {
  EngineHarness harness;
  const std::string data = harness.path("data");
  harness.write("data/a.json", lines(0, 10));
  harness.engine().follow({data});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  std::filesystem::rename(data, harness.path("away"));
  QTRY_VERIFY_WITH_TIMEOUT(hasFault(harness, data, "cannot open"), kPatience);
  harness.write("away/a.json", lines(0, 15, 70));
  std::filesystem::rename(harness.path("away"), data);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 15, kPatience);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_SourceFaults::knowsAnUnmountedFolderFromAnEmptyOne() {
  EngineHarness harness;
  const std::string data = harness.path("data");
  std::filesystem::create_directories(data);
  std::filesystem::create_directories(harness.path("disk"));
  if (::mount("tmpfs", harness.path("disk").c_str(), "tmpfs", 0, "size=1m") != 0)
    QSKIP("mounting a file system needs root");
  const std::string disk = harness.path("disk");
  const auto mount = [&] { return ::mount(disk.c_str(), data.c_str(), nullptr, MS_BIND, nullptr) == 0; };
  QVERIFY(mount());
  harness.write("data/a.json", lines(0, 10));
  harness.engine().follow({data});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, kPatience);
  QVERIFY(::umount2(data.c_str(), MNT_DETACH) == 0); // a bind mount that goes gives no event
  QTRY_VERIFY_WITH_TIMEOUT(hasFault(harness, data, "not mounted"), kPatience);
  harness.append("disk/a.json", lines(10, 20));
  QVERIFY(mount());
  QTRY_VERIFY_WITH_TIMEOUT(hasNoFault(harness), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  QCOMPARE(harness.file("data/a.json").state, FileState::Following);
  QCOMPARE(harness.files().size(), 1u);
  harness.engine().stop();
  ::umount2(data.c_str(), MNT_DETACH);
  ::umount2(disk.c_str(), MNT_DETACH);
}

void tst_SourceFaults::knowsAMountPointThatIsEmptyAtTheStart() {
  EngineHarness harness;
  const std::string data = harness.path("data");
  harness.write("data/a.json", lines(0, 10));
  harness.write("data/sub/b.json", lines(10, 20));
  QVERIFY(harness.ingest("data"));
  harness.engine().stop();
  // As if they had been written to a disk that is not there now.
  Result<Database> database = Database::open(harness.store(), Database::Mode::ReadWrite);
  QVERIFY(database && database->execute("UPDATE file SET device = device + 1"));
  std::filesystem::rename(data, harness.path("away"));
  std::filesystem::create_directory(data);
  harness.reopen();
  const Result<IngestReport> report = harness.ingest("data");
  QVERIFY(report);
  QCOMPARE(report->errors.size(), 1u);
  QVERIFY(report->errors[0].message.find("not mounted") != std::string::npos);
  harness.engine().follow({data});
  QTRY_VERIFY_WITH_TIMEOUT(hasFault(harness, data, "not mounted"), kPatience);
  QCOMPARE(harness.file("data/a.json").state, FileState::Done);
  harness.append("away/a.json", lines(20, 30));
  harness.remove("away/sub/b.json");
  harness.write("away/sub/b.json", lines(30, 35));
  std::filesystem::remove(data);
  std::filesystem::rename(harness.path("away"), data);
  QTRY_VERIFY_WITH_TIMEOUT(hasNoFault(harness), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 25, kPatience);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_SourceFaults::goesOnWhenPermissionIsGivenBack() {
  if (::geteuid() == 0)
    QSKIP("root may read everything");
  using std::filesystem::perms;
  EngineHarness harness;
  const std::string data = harness.path("data");
  const std::string sub = harness.path("data/sub");
  const std::string file = harness.path("data/a.json");
  harness.write("data/a.json", lines(0, 10));
  harness.write("data/sub/b.json", lines(10, 20));
  harness.engine().follow({data});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  std::filesystem::permissions(sub, perms::none);
  QTRY_VERIFY_WITH_TIMEOUT(hasFault(harness, sub, "Permission denied"), kPatience);
  std::filesystem::permissions(sub, perms::owner_all);
  QTRY_VERIFY_WITH_TIMEOUT(hasNoFault(harness), kPatience);
  harness.append("data/sub/b.json", lines(20, 30));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 30, kPatience);
  std::filesystem::permissions(file, perms::owner_write);
  harness.append("data/a.json", lines(30, 40));
  QTRY_COMPARE_WITH_TIMEOUT(harness.file("data/a.json").state, FileState::Failed, kPatience);
  std::filesystem::permissions(file, perms::owner_all);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 40, kPatience);
  QCOMPARE(harness.count("error", file), 1);
  QCOMPARE(harness.count("error", sub), 1);
}

void tst_SourceFaults::looksForChangesWithoutWatches() {
  EngineOptions options;
  options.max_watches = 1;
  options.poll_interval = std::chrono::milliseconds(50);
  EngineHarness harness(options);
  harness.write("a.json", lines(0, 10));
  harness.write("sub/b.json", lines(10, 20));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, kPatience);
  harness.append("sub/b.json", lines(20, 30));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 30, kPatience);
  QVERIFY(harness.engine().status().polling);
  QTRY_COMPARE_WITH_TIMEOUT(harness.count("warning", "inotify"), 1, kPatience);
  harness.remove("sub"); // one watch is enough again
  QTRY_VERIFY_WITH_TIMEOUT(!harness.engine().status().polling, kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.count("note", "inotify"), 1, kPatience);
}

void tst_SourceFaults::waitsForDescriptors() {
  EngineHarness harness;
  for (int i = 0; i < 5; ++i)
    harness.write("f" + std::to_string(i) + ".json", lines(i * 10, i * 10 + 10));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 50, kPatience);
  std::vector<int> files;
  for (int i = 0; i < 5; ++i)
    files.push_back(::open(harness.path("f" + std::to_string(i) + ".json").c_str(), O_WRONLY | O_APPEND));
  {
    const NoDescriptors none;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const std::string more = lines(static_cast<int>(i) * 10 + 50, static_cast<int>(i) * 10 + 60);
      QCOMPARE(::write(files[i], more.data(), more.size()), static_cast<ssize_t>(more.size()));
    }
    QTRY_VERIFY_WITH_TIMEOUT(hasFault(harness, "", "Too many open files"), kPatience);
  }
  for (const int file : files)
    ::close(file);
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 100, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(hasNoFault(harness), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.count("error", "Too many open files"), 1, kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(harness.count("note", "files can be opened again"), 1, kPatience);
  for (const FileStatus &file : harness.files())
    QCOMPARE(file.state, FileState::Following);
}

void tst_SourceFaults::endsWithTheLastOfManyRewrites_data() {
  QTest::addColumn<bool>("inPlace");
  QTest::newRow("in place") << true;
  QTest::newRow("renamed over") << false;
}

void tst_SourceFaults::endsWithTheLastOfManyRewrites() {
  QFETCH(const bool, inPlace);
  constexpr int kLines = 10'000;
  EngineHarness harness;
  harness.write("a.json", lines(0, kLines, 10));
  harness.engine().follow({harness.path("")});
  for (int round = 0; round < 12; ++round) { // while earlier ones are being read
    const std::string text = lines(0, kLines, 20 + 2 * round);
    if (inPlace) {
      std::fstream(harness.path("a.json"), std::ios::in | std::ios::out | std::ios::binary) << text;
      continue;
    }
    harness.write(".next", text);
    std::filesystem::rename(harness.path(".next"), harness.path("a.json"));
  }
  EngineHarness fresh;
  fresh.write("a.json", lines(0, kLines, 20 + 2 * 11));
  QVERIFY(fresh.ingest(""));
  const std::string expected = fresh.windows();
  QTRY_VERIFY_WITH_TIMEOUT(harness.readings() == kLines && harness.windows() == expected, kPatience);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_SourceFaults::takesManyFilesAtOnce() {
  constexpr int kFiles = 5'000;
  EngineHarness harness;
  harness.write("a.json", lines(0, 1));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 1, kPatience);
  for (int i = 1; i < kFiles; ++i) // more than the queue of events of a folder holds in one turn
    harness.write("in" + std::to_string(i % 7) + "/f" + std::to_string(i) + ".json", lines(i, i + 1));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), kFiles, kPatience);
  QCOMPARE(harness.overview().files, kFiles);
  QCOMPARE(harness.inconsistency(), QString());
}

/// The system drops the events, and whoever waits for those of the last files would wait for ever.
void tst_SourceFaults::takesMoreFilesAtOnceThanEventsAreHeld() {
  int held = 16'384;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> held;
  if (held > 100'000)
    QSKIP("the system holds very many events");
  const int files = held / 3 * 2; // a file makes at least two
  Gate gate;
  EngineOptions options;
  options.clock = [&gate] { return gate.pass(); };
  options.rescan_interval = std::chrono::hours(24);
  EngineHarness harness(options);
  harness.write("a.json", lines(0, 1));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 1, kPatience);
  gate.close();
  harness.append("a.json", lines(1, 2));
  gate.awaitSomebody();
  for (int i = 2; i < files; ++i)
    harness.write("f" + std::to_string(i) + ".json", lines(i, i + 1));
  gate.open();
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), files, 2 * kPatience);
  QCOMPARE(harness.overview().files, files - 1);
  QCOMPARE(harness.inconsistency(), QString());
  harness.append("a.json", lines(files, files + 1)); // changes are told again
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), files + 1, kPatience);
}

void tst_SourceFaults::takesAFolderOfManyFilesThatIsMovedIn() {
  constexpr int kFiles = 3'000;
  EngineOptions options;
  options.rescan_interval = std::chrono::hours(24);
  EngineHarness harness(options);
  harness.write("data/a.json", lines(0, 1));
  for (int i = 1; i < kFiles; ++i)
    harness.write("beside/in" + std::to_string(i % 7) + "/f" + std::to_string(i) + ".json", lines(i, i + 1));
  harness.engine().follow({harness.path("data")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 1, kPatience);
  std::filesystem::rename(harness.path("beside"), harness.path("data/moved"));
  harness.append("data/moved/in3/f3.json", lines(kFiles, kFiles + 1));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), kFiles + 1, kPatience);
  harness.append("data/moved/in5/f5.json", lines(kFiles + 1, kFiles + 2)); // it is watched
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), kFiles + 2, kPatience);
  QCOMPARE(harness.overview().files, kFiles);
  QCOMPARE(harness.inconsistency(), QString());
}

METEOROGRAPH_TEST(tst_SourceFaults)
#include "tst_SourceFaults.moc"
