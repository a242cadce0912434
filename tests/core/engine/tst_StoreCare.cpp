// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ExportTarget.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <filesystem>
#include <sys/stat.h>

using namespace meteorograph;

/// Checks and backups of a store while the engine works.
class tst_StoreCare : public QObject {
  Q_OBJECT

  static std::string lines(int from, int to) {
    std::string text;
    for (int second = from; second < to; ++second)
      text += jsonLine(second % 3 == 0 ? "roof" : "cellar", second, 10 + second % 7 * 0.5);
    return text;
  }

  static Result<Copied> backUp(EngineHarness &harness, const std::string &to, bool replace = false) {
    std::promise<Result<Copied>> done;
    harness.engine().requestBackup(to, replace, [&done](Result<Copied> copied) { done.set_value(copied); });
    return done.get_future().get();
  }

  static Result<Integrity> check(EngineHarness &harness) {
    std::promise<Result<Integrity>> done;
    harness.engine().requestCheck([&done](Result<Integrity> found) { done.set_value(found); });
    return done.get_future().get();
  }

  static IntegrityHistory history(EngineHarness &harness) {
    return (*StoreReader::open(harness.store()))->integrityHistory();
  }

  static std::string dump(const std::string &store) { return dumpStore(**StoreReader::open(store), true); }

  static QStringList beside(const std::string &path) {
    return QFileInfo(QString::fromStdString(path)).dir().entryList(QDir::Files);
  }

private Q_SLOTS:
  void checksWhenAskedAndRemembersIt() {
    EngineHarness harness;
    harness.write("a.json", lines(0, 50));
    QVERIFY(harness.ingest("a.json"));
    QCOMPARE(history(harness).full.checked_us, kNoTime);
    const Result<Integrity> found = check(harness);
    QVERIFY(found);
    QCOMPARE(found->found, std::string("ok"));
    QVERIFY(found->whole);
    QVERIFY(history(harness).full.checked_us != kNoTime);
    QCOMPARE(history(harness).full.found, std::string("ok"));
    QVERIFY(harness.tells("note", "sound"));
  }

  void aCleanEndCallsForNoCheck() {
    EngineHarness harness;
    harness.reopen();
    QCOMPARE(history(harness).quick.checked_us, kNoTime);
    QCOMPARE(history(harness).due_us, kNoTime);
  }

  void checksAfterAnUncleanEnd() {
    QTemporaryDir folder;
    EngineOptions options;
    options.store_path = folder.filePath("store").toStdString();
    QVERIFY(Engine::open(options));
    QFile left(folder.filePath("store-lock")); // as a killed program leaves it
    QVERIFY(left.open(QIODevice::WriteOnly) && left.write("1 some-host\n") > 0);
    left.close();

    const Result<std::unique_ptr<Engine>> engine = Engine::open(options);
    QVERIFY(engine);
    const std::unique_ptr<StoreReader> reader = *StoreReader::open(options.store_path);
    QVERIFY(reader->integrityHistory().quick.checked_us != kNoTime); // at once
    QTRY_VERIFY(reader->integrityHistory().full.checked_us != kNoTime);
    QCOMPARE(reader->integrityHistory().due_us, kNoTime);
    QCOMPARE(reader->integrityHistory().full.found, std::string("ok"));
  }

  void aCheckThatWasNotDoneStaysDue() {
    QTemporaryDir folder;
    const std::string store = folder.filePath("store").toStdString();
    QVERIFY(StoreWriter::open({store}));
    QFile left(folder.filePath("store-lock"));
    QVERIFY(left.open(QIODevice::WriteOnly) && left.write("1 some-host\n") > 0);
    left.close();
    QVERIFY(StoreWriter::open({store})); // some command in between
    QVERIFY((*StoreReader::open(store))->integrityHistory().due_us != kNoTime);
    EngineOptions options;
    options.store_path = store;
    const Result<std::unique_ptr<Engine>> engine = Engine::open(options);
    const std::unique_ptr<StoreReader> reader = *StoreReader::open(store);
    QTRY_COMPARE(reader->integrityHistory().due_us, kNoTime);
  }

  void aBackupIsAStoreAndGoesOnWhereItWasMade() {
    EngineHarness harness;
    harness.write("a.json", lines(0, 60));
    QVERIFY(harness.ingest("a.json"));
    const std::string at = harness.tables();
    const std::string copy = harness.store() + ".backup";
    const Result<Copied> copied = backUp(harness, copy);
    QVERIFY2(copied, copied ? "" : copied.error().message.c_str());
    QCOMPARE(copied->readings, 60);
    struct stat status {};
    QVERIFY(::stat(copy.c_str(), &status) == 0);
    QCOMPARE(status.st_mode & 0777, 0600u);
    QCOMPARE(QString::fromStdString(dump(copy)), QString::fromStdString(at));

    harness.append("a.json", lines(60, 90));
    QVERIFY(harness.ingest("a.json"));
    QCOMPARE(QString::fromStdString(dump(copy)), QString::fromStdString(at));
    EngineOptions options;
    options.store_path = copy;
    const std::atomic<bool> stop{false};
    QCOMPARE((*Engine::open(options))->ingest({harness.path("a.json")}, stop)->readings, 30);
    QCOMPARE(QString::fromStdString(dump(copy)), QString::fromStdString(harness.tables()));
    QCOMPARE(storeInconsistency(copy), QString());
  }

  /// Every copy that is made while commits go on holds whole commits: its tables agree with one another.
  void backsUpWhileReadingsComeIn() {
    EngineHarness harness;
    harness.write("a.json", lines(0, 20'000));
    std::atomic<bool> ended{false};
    std::thread ingesting([&] {
      (void)harness.ingest("a.json");
      for (int round = 0; round < 30; ++round) {
        harness.append("a.json", lines(20'000 + round * 500, 20'500 + round * 500));
        (void)harness.ingest("a.json");
      }
      ended = true;
    });
    int copies = 0;
    const std::string copy = harness.store() + ".backup";
    QString wrong;
    do {
      const Result<Copied> copied = backUp(harness, copy, true);
      wrong = copied ? storeInconsistency(copy) : QString::fromStdString(copied.error().message);
      std::filesystem::remove(copy + "-wal");
      std::filesystem::remove(copy + "-shm");
      ++copies;
    } while (wrong.isEmpty() && !ended);
    ingesting.join();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QVERIFY(copies >= 1);
    QCOMPARE(harness.inconsistency(), QString());
  }

  void aFailedBackupLeavesWhatWasThere() {
    EngineHarness harness;
    harness.write("a.json", lines(0, 60));
    QVERIFY(harness.ingest("a.json"));
    const std::string copy = harness.store() + ".backup";
    QVERIFY(backUp(harness, copy));
    const QStringList files = beside(copy);
    const std::unique_ptr<StoreReader> reader = *StoreReader::open(harness.store());
    const Result<Copied> stopped = reader->copyTo(copy, [](std::int64_t, std::int64_t) { return false; });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(beside(copy), files);
    QVERIFY(StoreReader::open(copy));
    const Result<Copied> nowhere = backUp(harness, "/nonexistent/copy");
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().code, ErrorCode::Unwritable);
  }

  void replacesNothingButAnEarlierCopy() {
    EngineHarness harness;
    harness.write("a.json", lines(0, 60));
    QVERIFY(harness.ingest("a.json"));
    const std::string store = harness.store();
    const auto refused = [&](const std::string &path, bool replace) {
      const Result<void> allowed = checkCopyTarget(path, store, replace);
      return allowed ? std::string() : allowed.error().message;
    };
    for (const char *suffix : {"", "-wal", "-lock"})
      QVERIFY(refused(store + suffix, true).find("the store that is copied") != std::string::npos);
    std::filesystem::create_hard_link(store, store + ".link");
    QVERIFY(!refused(store + ".link", true).empty());
    QVERIFY(refused(harness.path("a.json"), true).find("has read it") != std::string::npos);
    harness.write("note.txt", "not to be lost");
    QVERIFY(refused(harness.path("note.txt"), false).find("--replace") != std::string::npos);
    QCOMPARE(refused(harness.path("note.txt"), true), std::string());
    SqliteFile(harness.path("other.db")).execute("CREATE TABLE mine(x)");
    QVERIFY(!refused(harness.path("other.db"), false).empty());
    const std::string copy = store + ".backup";
    QVERIFY(backUp(harness, copy));
    QCOMPARE(refused(copy, false), std::string());
    EngineOptions options;
    options.store_path = copy;
    const Result<std::unique_ptr<Engine>> used = Engine::open(options);
    QVERIFY(refused(copy, true).find("has it open") != std::string::npos);
  }

  void aDamagedStoreIsNotBackedUp() {
    QTemporaryDir folder;
    const std::string store = folder.filePath("store").toStdString();
    QVERIFY(StoreWriter::open({store}));
    QFile file(QString::fromStdString(store));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(20 * 8192));
    QCOMPARE(file.write(QByteArray(8192, '\0')), 8192);
    file.close();
    const std::unique_ptr<StoreReader> reader = *StoreReader::open(store);
    const Result<Copied> copied = reader->copyTo(store + ".backup", [](auto, auto) { return true; });
    QVERIFY(!copied);
    QCOMPARE(copied.error().code, ErrorCode::StoreUnusable);
    QVERIFY(copied.error().message.find("meteorograph repair") != std::string::npos);
    QVERIFY(!std::filesystem::exists(store + ".backup"));
  }
};

METEOROGRAPH_TEST(tst_StoreCare)
#include "tst_StoreCare.moc"
