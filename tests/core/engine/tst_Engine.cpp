// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
#include "core/store/Database.h"
#include "core/store/StoreReader.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QtTest>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <sys/resource.h>

using namespace meteorograph;

namespace {

constexpr int kPatience = 60'000; // milliseconds; a loaded machine is slow, not wrong

class Fixture {
public:
  Fixture() { std::filesystem::create_directories(data()); }
  std::string data() const { return m_folder.path().toStdString() + "/data"; }
  std::string store() const { return m_folder.path().toStdString() + "/s.meteorograph"; }
  void append(const std::string &name, const std::string &text) const {
    std::ofstream(data() + "/" + name, std::ios::app | std::ios::binary) << text;
  }
  std::unique_ptr<Engine> open() const {
    EngineOptions options;
    options.store_path = store();
    Result<std::unique_ptr<Engine>> engine = Engine::open(options);
    if (!engine)
      qFatal("%s", engine.error().message.c_str());
    return std::move(*engine);
  }
  std::int64_t readings() const {
    Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store());
    return reader ? (*reader)->overview()->readings : -1;
  }

private:
  QTemporaryDir m_folder;
};

std::string someLines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine("d", second, 20 + second % 5);
  return text;
}

} // namespace

class tst_Engine : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aRecordWaitsForNoExport() {
    const Fixture fixture;
    std::promise<void> release;
    std::promise<void> answered;
    const std::unique_ptr<Engine> engine = fixture.open();
    engine->requestExportCsv({}, fixture.data() + "/out.csv",
                             [&](const Result<std::int64_t> &) { release.get_future().wait(); });
    engine->requestRawRecord(4711, 0, [&](const Result<RawRecord> &) { answered.set_value(); });
    const bool came =
        answered.get_future().wait_for(std::chrono::milliseconds(kPatience)) == std::future_status::ready;
    release.set_value();
    engine->stop();
    QVERIFY(came);
  }

  void takesInAFolderOnce();
  void followsWhatIsAppended();
  void followsNewFilesAndFolders();
  void followsARotationWhileLive();
  void tellsOfEachCommit();
  void refusesASecondWriter();
  void refusesAForeignFile();
  void refusesANewerStore();
  void opensAStoreWhoseMakingWasCutShort();
  void answersAChart();
  void withdrawsAQuery();
  void remembersItsSources();
  void cancelsALoadWithWholeBatches();
  void endsInTheMiddleOfALoad();
};

void tst_Engine::takesInAFolderOnce() {
  const Fixture fixture;
  fixture.append("a.json", someLines(0, 100) + "bad\n");
  const std::atomic<bool> stop{false};
  const auto engine = fixture.open();
  const Result<IngestReport> first = engine->ingest({fixture.data()}, stop);
  QVERIFY(first);
  QCOMPARE(first->counts, (RecordCounts{101, 100, 1, 0}));
  QCOMPARE(first->readings, 100);
  QCOMPARE(first->devices, 1);
  const Result<IngestReport> second = engine->ingest({fixture.data(), fixture.data() + "/missing"}, stop);
  QVERIFY(second);
  QCOMPARE(second->counts, RecordCounts{});
  QCOMPARE(second->errors.size(), 1u);
}

void tst_Engine::followsWhatIsAppended() {
  const Fixture fixture;
  fixture.append("a.json", someLines(0, 10));
  const auto engine = fixture.open();
  engine->follow({fixture.data()});
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 10, kPatience);
  std::string text = someLines(10, 40);
  for (std::size_t at = 0; at < text.size(); at += 333)
    fixture.append("a.json", text.substr(at, 333));
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 40, kPatience);
  engine->stop();
  QCOMPARE(engine->followReport().readings, 40);
}

void tst_Engine::followsNewFilesAndFolders() {
  const Fixture fixture;
  const auto engine = fixture.open();
  engine->follow({fixture.data()});
  std::filesystem::create_directories(fixture.data() + "/2024/01");
  fixture.append("2024/01/a.json", someLines(0, 10));
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 10, kPatience);
  fixture.append(".b.json", someLines(10, 20));
  std::filesystem::rename(fixture.data() + "/.b.json", fixture.data() + "/2024/b.json");
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 20, kPatience);
}

void tst_Engine::followsARotationWhileLive() {
  const Fixture fixture;
  fixture.append("log", someLines(0, 10));
  const auto engine = fixture.open();
  engine->follow({fixture.data()});
  for (int round = 1; round <= 5; ++round) {
    QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), round * 10, kPatience);
    for (int i = 6; i > 0; --i)
      if (std::filesystem::exists(fixture.data() + "/log." + std::to_string(i)))
        std::filesystem::rename(fixture.data() + "/log." + std::to_string(i),
                                fixture.data() + "/log." + std::to_string(i + 1));
    std::filesystem::rename(fixture.data() + "/log", fixture.data() + "/log.1");
    fixture.append("log", someLines(round * 10, round * 10 + 10));
  }
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 60, kPatience);
}

void tst_Engine::tellsOfEachCommit() {
  const Fixture fixture;
  const auto engine = fixture.open();
  std::mutex mutex;
  std::int64_t told = 0;
  engine->onCommitted([&](const Committed &committed) {
    const std::lock_guard lock(mutex);
    told += committed.readings;
  });
  engine->follow({fixture.data()});
  fixture.append("a.json", someLines(0, 10));
  QTRY_VERIFY_WITH_TIMEOUT(([&] {
                             const std::lock_guard lock(mutex);
                             return told == 10;
                           }()),
                           kPatience);
  engine->stop();
}

void tst_Engine::refusesASecondWriter() {
  const Fixture fixture;
  const auto engine = fixture.open();
  EngineOptions options;
  options.store_path = fixture.store();
  const Result<std::unique_ptr<Engine>> second = Engine::open(options);
  QVERIFY(!second);
  QCOMPARE(second.error().code, ErrorCode::StoreBusy);
}

void tst_Engine::refusesAForeignFile() {
  const Fixture fixture;
  const std::string foreign = "these are not the bytes of a store, but somebody's notes";
  std::ofstream(fixture.store()) << foreign;
  EngineOptions options;
  options.store_path = fixture.store();
  const Result<std::unique_ptr<Engine>> engine = Engine::open(options);
  QVERIFY(!engine);
  QCOMPARE(engine.error().code, ErrorCode::StoreUnusable);
  std::ifstream file(fixture.store());
  QCOMPARE(std::string(std::istreambuf_iterator<char>(file), {}), foreign);
}

void tst_Engine::refusesANewerStore() {
  const Fixture fixture;
  fixture.open()->stop();
  {
    Result<Database> database = Database::open(fixture.store(), Database::Mode::ReadWrite);
    QVERIFY(database->execute("PRAGMA user_version = 9999"));
  }
  EngineOptions options;
  options.store_path = fixture.store();
  const Result<std::unique_ptr<Engine>> engine = Engine::open(options);
  QVERIFY(!engine);
  QCOMPARE(engine.error().code, ErrorCode::StoreNewer);
}

void tst_Engine::opensAStoreWhoseMakingWasCutShort() {
  // A journal that waits to be rolled back: the state after a kill in the middle of the first schema.
  const Fixture fixture;
  const std::string other = fixture.store() + ".other";
  {
    Result<Database> database = Database::open(other, Database::Mode::ReadWrite);
    QVERIFY(database->execute("CREATE TABLE a(x); PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;"
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                              " INSERT INTO a SELECT randomblob(500) FROM n"));
    std::filesystem::copy_file(other, fixture.store());
    std::filesystem::copy_file(other + "-journal", fixture.store() + "-journal");
    QVERIFY(database->execute("ROLLBACK"));
  }
  Result<Database> reader = Database::open(fixture.store(), Database::Mode::ReadOnly);
  QVERIFY(reader);
  QCOMPARE(reader->integer("SELECT count(*) FROM a").value_or(-1), 0);
}

void tst_Engine::answersAChart() {
  const Fixture fixture;
  fixture.append("a.json", someLines(0, 600));
  const std::atomic<bool> stop{false};
  const auto engine = fixture.open();
  QVERIFY(engine->ingest({fixture.data()}, stop));
  std::promise<Result<SeriesSet>> promise;
  const TimeUs from = 1'700'000'000 * kSecond;
  engine->requestSeries(
      {from, from + 600 * kSecond, 100, {1}, {1}, {AverageSpan::Kind::Duration, 15 * kSecond, 0}},
      [&](Result<SeriesSet> result) { promise.set_value(std::move(result)); });
  const Result<SeriesSet> series = promise.get_future().get();
  QVERIFY(series);
  QCOMPARE(series->lines.size(), 1u);
  QCOMPARE(series->lines[0].points.size(), 100u);
  QCOMPARE(series->lines[0].points[7].count, 6);
  QCOMPARE(series->lines[0].breaks.size(), 0u);
}

void tst_Engine::withdrawsAQuery() {
  const Fixture fixture;
  const auto engine = fixture.open();
  std::atomic<int> answers{0};
  for (int i = 0; i < 20; ++i)
    engine->cancel(engine->requestOverview([&](const Result<Overview> &) { ++answers; }));
  QTRY_COMPARE_WITH_TIMEOUT(answers.load(), 20, kPatience);
}

void tst_Engine::remembersItsSources() {
  const Fixture fixture;
  fixture.append("a.json", someLines(0, 10));
  {
    const auto engine = fixture.open();
    engine->follow({fixture.data()});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 10, kPatience);
  }
  fixture.append("a.json", someLines(10, 20));
  const auto engine = fixture.open();
  engine->followRemembered();
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 20, kPatience);
}

void tst_Engine::cancelsALoadWithWholeBatches() {
  const Fixture fixture;
  for (int i = 0; i < 8; ++i)
    fixture.append("f" + std::to_string(i) + ".json", someLines(i * 20'000, i * 20'000 + 20'000));
  const auto engine = fixture.open();
  engine->follow({fixture.data()});
  QTRY_VERIFY_WITH_TIMEOUT(engine->status().bytes_done > 0, kPatience);
  engine->cancelLoad();
  QTRY_COMPARE_WITH_TIMEOUT(engine->status().state, EngineStatus::State::Idle, kPatience);
  engine->follow({fixture.data()});
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 160'000, kPatience);
}

void tst_Engine::endsInTheMiddleOfALoad() {
  const Fixture fixture;
  for (int i = 0; i < 8; ++i)
    fixture.append("f" + std::to_string(i) + ".json", someLines(i * 20'000, i * 20'000 + 20'000));
  {
    const auto engine = fixture.open();
    engine->follow({fixture.data()});
    QTRY_VERIFY_WITH_TIMEOUT(engine->status().bytes_done > 0, kPatience);
  }
  const std::atomic<bool> stop{false};
  QVERIFY(fixture.open()->ingest({fixture.data()}, stop));
  QCOMPARE(fixture.readings(), 160'000);
}

METEOROGRAPH_TEST(tst_Engine)
#include "tst_Engine.moc"
