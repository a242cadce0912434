// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
#include "core/store/Database.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <cmath>
#include <filesystem>
#include <random>
#include <set>

using namespace meteorograph;

namespace {

std::string linesOf(const std::string &device, int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine(device, second, 20 + second % 7 + 0.1 * (second % 3));
  return text;
}

/// As what holds no reading at all.
Mapping asOther() {
  Mapping mapping;
  mapping.format = Mapping::Format::LineProtocol;
  return mapping;
}

} // namespace

/// Taking out, undoing, renaming, merging, leaving duplicates out.
class tst_Corrections : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void takesFilesOutForGood();
  void keepsARemovedFileOutUnderANewName();
  void takesNothingOutOfOtherFiles();
  void readsARemovedFileAgainWhenAsked();
  void takesAFolderOutAndReadsItAgainWhenOpenedAnew();
  void takesAFolderOutInTheMiddleOfItsLoad();
  void aWrongClockTakenOutMakesNothingLate();
  void renamesADeviceForGood();
  void refusesANameThatIsTaken();
  void mergedDevicesEqualOneDevice();
  void mergesAcrossRestartsAndChains();
  void changesASourcesMapping();
  void leavesDuplicatesOut();
  void leavesOutTheDuplicatesOfARealFolder();
  void countsTheNextWhenTheFirstIsTakenOut();
  void duplicatesThatComeLater_data();
  void duplicatesThatComeLater();
  void mergedDevicesMayHoldDuplicates();
  void keepsLimits();
  void endsOnCancelAndOnStop();
  void tellsOfACorrectionUnderWay();
  void correctsWhileReadingsComeIn();
  void aRewrittenFileIsSeenOldOrNew();
};

void tst_Corrections::takesFilesOutForGood() {
  EngineHarness harness, without;
  harness.write("a.json", linesOf("d", 0, 100) + "bad\n");
  for (EngineHarness *each : {&harness, &without})
    each->write("b.json", linesOf("d", 50, 150) + linesOf("e", 0, 10));
  QVERIFY(harness.ingest(""));
  QVERIFY(without.ingest(""));
  const Result<CorrectionReport> report = harness.correct(
      [&](Engine &engine, auto handler) { engine.removeFiles({harness.file("a.json").id}, handler); });
  QVERIFY(report);
  QCOMPARE(report->files, 1);
  QCOMPARE(report->readings_before, 100);
  QCOMPARE(report->readings_after, 0);
  QCOMPARE(QString::fromStdString(harness.tables()), QString::fromStdString(without.tables()));
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(harness.overview().counts, without.overview().counts);
  QCOMPARE(harness.file("a.json").state, FileState::Removed);
  QCOMPARE(harness.file("a.json").counts, RecordCounts{});
  harness.append("a.json", linesOf("d", 200, 300));
  QVERIFY(harness.ingest(""));
  harness.reopen();
  QVERIFY(harness.ingest("a.json"));
  harness.write("a.json", linesOf("d", 500, 510));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), without.readings());
  QCOMPARE(harness.file("a.json").state, FileState::Removed);
  QVERIFY(harness.tells("note", "a.json was taken out with 100 readings"));
}

void tst_Corrections::keepsARemovedFileOutUnderANewName() {
  EngineHarness harness;
  harness.write("a.json", linesOf("d", 0, 100));
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.correct(
      [&](Engine &engine, auto handler) { engine.removeFiles({harness.file("a.json").id}, handler); }));
  std::filesystem::rename(harness.path("a.json"), harness.path("moved.json"));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 0);
  QCOMPARE(harness.file("moved.json").state, FileState::Removed);
  harness.write("a.json", linesOf("d", 0, 7)); // another file
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 7);
}

void tst_Corrections::takesNothingOutOfOtherFiles() {
  // Random files and removals: what is left equals a store that never knew the others.
  std::mt19937 random(11);
  EngineHarness harness, without;
  std::vector<std::int64_t> removed;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "f" + std::to_string(i) + ".json";
    std::string content;
    for (int line = 0; line < 300; ++line)
      content += random() % 30 == 0
                     ? "broken {\n"
                     : jsonLine("d" + std::to_string(random() % 3), static_cast<int>(random() % 5000),
                                static_cast<double>(random() % 100));
    harness.write(name, content);
    if (i % 3 != 0)
      without.write(name, content);
  }
  QVERIFY(harness.ingest(""));
  QVERIFY(without.ingest(""));
  for (int i = 0; i < 12; i += 3)
    removed.push_back(harness.file("f" + std::to_string(i) + ".json").id);
  QVERIFY(harness.correct([&](Engine &engine, auto handler) { engine.removeFiles(removed, handler); }));
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(QString::fromStdString(harness.tables()), QString::fromStdString(without.tables()));
  QCOMPARE(harness.overview().counts, without.overview().counts);
}

void tst_Corrections::readsARemovedFileAgainWhenAsked() {
  EngineHarness harness;
  harness.write("a.json", linesOf("d", 0, 100));
  QVERIFY(harness.ingest(""));
  const std::string before = harness.tables();
  const std::int64_t id = harness.file("a.json").id;
  QVERIFY(harness.correct([&](Engine &engine, auto handler) { engine.removeFiles({id}, handler); }));
  QCOMPARE(harness.overview().devices.size(), 0u);
  QCOMPARE(harness.overview().quantities.size(), 0u);
  QVERIFY(harness.correct([&](Engine &engine, auto handler) { engine.applyMapping({id}, {}, handler); }));
  QCOMPARE(QString::fromStdString(harness.tables()), QString::fromStdString(before));
  QCOMPARE(harness.overview().late, 0);
  QCOMPARE(harness.file("a.json").state, FileState::Done);
  harness.append("a.json", linesOf("d", 100, 110));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 110);
}

void tst_Corrections::takesAFolderOutAndReadsItAgainWhenOpenedAnew() {
  EngineHarness harness;
  harness.write("x/a.json", linesOf("d", 0, 100));
  harness.write("y/b.json", linesOf("d", 100, 120));
  QVERIFY(harness.ingest("x"));
  QVERIFY(harness.ingest("y"));
  harness.remove("x/a.json");
  harness.write("x/c.json", linesOf("d", 0, 100));
  QVERIFY(harness.ingest("x"));
  const Result<CorrectionReport> report = harness.correct(
      [&](Engine &engine, auto handler) { engine.removeSourceWithReadings(harness.sourceId("x"), handler); });
  QVERIFY(report);
  QCOMPARE(report->readings_before, 100);
  QCOMPARE(harness.readings(), 20);
  QCOMPARE(harness.sourceId("x"), -1);
  QVERIFY(harness.ingest("y"));
  QCOMPARE(harness.readings(), 20);
  QVERIFY(harness.ingest("x"));
  QCOMPARE(harness.readings(), 120);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Corrections::takesAFolderOutInTheMiddleOfItsLoad() {
  EngineHarness harness;
  for (int i = 0; i < 6; ++i)
    harness.write("x/" + std::to_string(i) + ".json", linesOf("d", i * 20'000, i * 20'000 + 20'000));
  harness.write("y/b.json", linesOf("e", 0, 10));
  harness.engine().follow({harness.path("x"), harness.path("y")});
  QTRY_VERIFY_WITH_TIMEOUT(harness.readings() > 0, EngineHarness::kPatience);
  QVERIFY(harness.correct([&](Engine &engine, auto handler) {
    engine.removeSourceWithReadings(harness.sourceId("x"), handler);
  }));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, EngineHarness::kPatience);
  harness.append("y/b.json", linesOf("e", 10, 20));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, EngineHarness::kPatience);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Corrections::aWrongClockTakenOutMakesNothingLate() {
  EngineHarness harness;
  harness.write("wrong.json", linesOf("d", 90'000, 90'010));
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.correct(
      [&](Engine &engine, auto handler) { engine.removeFiles({harness.file("wrong.json").id}, handler); }));
  harness.write("right.json", linesOf("d", 0, 100));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.overview().late, 0);
  QCOMPARE(harness.overview().newest_us, (1'700'000'000 + 99) * kSecond);
}

void tst_Corrections::renamesADeviceForGood() {
  EngineHarness harness;
  harness.write("a.json", linesOf("old", 0, 100));
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.correct(
      [&](Engine &engine, auto handler) { engine.renameDevice(harness.deviceId("old"), "new", handler); }));
  harness.append("a.json", linesOf("old", 100, 110));
  QVERIFY(harness.ingest(""));
  harness.reopen();
  harness.append("a.json", linesOf("old", 110, 120) + linesOf("new", 120, 130));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.overview().devices.size(), 1u);
  QCOMPARE(harness.overview().devices[0].name, std::string("new"));
  QCOMPARE(harness.overview().devices[0].readings, 130);
  QVERIFY(harness.correct([&](Engine &engine, auto handler) { // and back
    engine.renameDevice(harness.deviceId("new"), "old", handler);
  }));
  QCOMPARE(harness.overview().devices[0].name, std::string("old"));
  QVERIFY(harness.tells("note", "the device old is now called new"));
}

void tst_Corrections::refusesANameThatIsTaken() {
  EngineHarness harness;
  harness.write("a.json", linesOf("a", 0, 10) + linesOf("b", 0, 10));
  QVERIFY(harness.ingest(""));
  const auto rename = [&](const std::string &from, const std::string &to) {
    return harness.correct(
        [&](Engine &engine, auto handler) { engine.renameDevice(harness.deviceId(from), to, handler); });
  };
  const Result<CorrectionReport> taken = rename("a", "b");
  QVERIFY(!taken);
  QCOMPARE(taken.error().code, ErrorCode::Usage);
  QVERIFY(taken.error().message.find("merged") != std::string::npos);
  QVERIFY(!rename("a", ""));
  QVERIFY(!rename("a", std::string(5000, 'x')));
  QVERIFY(rename("a", "c"));
  QVERIFY(!rename("b", "a")); // files call c so
  QCOMPARE(harness.overview().devices.size(), 2u);
}

void tst_Corrections::mergedDevicesEqualOneDevice() {
  std::mt19937 random(5);
  EngineHarness merged, one;
  std::string content;
  for (int i = 0; i < 5000; ++i)
    content += jsonLine("roof " + std::to_string(random() % 2), static_cast<int>(random() % 3000),
                        static_cast<double>(random() % 1000) / 7);
  merged.write("a.json", content);
  std::string same = content;
  for (std::size_t at = 0; (at = same.find("roof 1", at)) != std::string::npos;)
    same.replace(at, 6, "roof 0");
  one.write("a.json", same);
  QVERIFY(merged.ingest(""));
  QVERIFY(one.ingest(""));
  const Result<CorrectionReport> report = merged.correct([&](Engine &engine, auto handler) {
    engine.mergeDevices(merged.deviceId("roof 1"), merged.deviceId("roof 0"), handler);
  });
  QVERIFY(report);
  QCOMPARE(report->readings_before, 5000);
  QCOMPARE(report->readings_after, 5000);
  QCOMPARE(QString::fromStdString(merged.tables()), QString::fromStdString(one.tables()));
  QCOMPARE(merged.inconsistency(), QString());
  for (EngineHarness *each : {&merged, &one})
    each->append("a.json", linesOf(each == &one ? "roof 0" : "roof 1", 5000, 5100));
  QVERIFY(merged.ingest(""));
  QVERIFY(one.ingest(""));
  QCOMPARE(QString::fromStdString(merged.tables()), QString::fromStdString(one.tables()));
  const DeviceStatus a = merged.overview().devices.at(0), b = one.overview().devices.at(0);
  QCOMPARE(merged.overview().devices.size(), 1u);
  QCOMPARE(a.readings, b.readings);
  QCOMPARE(a.first_us, b.first_us);
  QCOMPARE(a.newest_us, b.newest_us);
  QCOMPARE(a.watermark_us, b.watermark_us);
}

void tst_Corrections::mergesAcrossRestartsAndChains() {
  EngineHarness harness;
  harness.write("a.json", linesOf("a", 0, 10) + linesOf("b", 0, 10) + linesOf("c", 0, 10));
  QVERIFY(harness.ingest(""));
  const auto merge = [&](const std::string &from, const std::string &into) {
    return harness.correct([&](Engine &engine, auto handler) {
      engine.mergeDevices(harness.deviceId(from), harness.deviceId(into), handler);
    });
  };
  QVERIFY(merge("a", "b"));
  harness.reopen();
  QVERIFY(merge("b", "c"));
  QVERIFY(!merge("c", "c"));
  harness.append("a.json", linesOf("a", 10, 20) + linesOf("b", 10, 20) + linesOf("c", 10, 20));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.overview().devices.size(), 1u);
  QCOMPARE(harness.overview().devices[0].readings, 60);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Corrections::changesASourcesMapping() {
  EngineHarness harness;
  harness.write("a.json", linesOf("d", 0, 100));
  harness.write("b.json", linesOf("d", 100, 110));
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.correct([&](Engine &engine, auto handler) {
    engine.applyMapping({harness.file("b.json").id}, Mapping(), handler); // its own: all is inferred
  }));
  SourceSettings settings;
  settings.mapping = asOther();
  const auto change = [&] {
    return harness.correct(
        [&](Engine &engine, auto handler) { engine.changeSource(harness.sourceId(""), settings, handler); });
  };
  const Result<CorrectionReport> report = change();
  QVERIFY(report);
  QCOMPARE(report->files, 1);
  QCOMPARE(harness.readings(), 10);
  QCOMPARE(harness.overview().sources.at(0).settings.mapping, asOther());
  settings.mapping = {};
  QVERIFY(change());
  QCOMPARE(harness.readings(), 110);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Corrections::leavesDuplicatesOut() {
  EngineHarness harness, unique;
  harness.write("a.json", linesOf("d", 0, 100) + linesOf("d", 20, 40) + linesOf("e", 0, 10));
  harness.write("b.json", linesOf("d", 90, 200) + jsonLine("d", 90, 77));
  unique.write("a.json", linesOf("d", 0, 100) + linesOf("e", 0, 10));
  unique.write("b.json", linesOf("d", 100, 200) + jsonLine("d", 90, 77));
  QVERIFY(harness.ingest(""));
  QVERIFY(unique.ingest(""));
  const std::string plain = harness.tables();
  SourceSettings settings;
  const auto leaveOut = [&](bool leave_out) {
    settings.leave_out_duplicates = leave_out;
    return harness.correct(
        [&](Engine &engine, auto handler) { engine.changeSource(harness.sourceId(""), settings, handler); });
  };
  QVERIFY(leaveOut(true));
  QVERIFY(harness.overview().sources.at(0).settings.leave_out_duplicates);
  QCOMPARE(harness.readings(), 241);
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(QString::fromStdString(harness.windows()), QString::fromStdString(unique.windows()));
  QVERIFY(harness.tells("note", "30 duplicates of"));
  QVERIFY(leaveOut(false));
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(QString::fromStdString(harness.tables()), QString::fromStdString(plain));
}

void tst_Corrections::leavesOutTheDuplicatesOfARealFolder() {
  const std::filesystem::path real = METEOROGRAPH_SHARED_DATA "/data/rooms_split_csv";
  if (!std::filesystem::exists(real))
    QSKIP("the sample files are not here");
  EngineHarness harness;
  std::filesystem::copy(real, harness.path("rooms"));
  QVERIFY(harness.ingest("rooms"));
  const std::int64_t readings = harness.readings();
  SourceSettings settings;
  settings.leave_out_duplicates = true;
  QVERIFY(harness.correct([&](Engine &engine, auto handler) {
    engine.changeSource(harness.sourceId("rooms"), settings, handler);
  }));
  QVERIFY(harness.tells("note", "276 duplicates of")); // 166 and 110
  QCOMPARE(harness.readings(), readings);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Corrections::countsTheNextWhenTheFirstIsTakenOut() {
  EngineHarness harness, second;
  for (EngineHarness *each : {&harness, &second})
    each->write("b.json", linesOf("d", 50, 150));
  harness.write("a.json", linesOf("d", 0, 100));
  for (EngineHarness *each : {&harness, &second}) {
    QVERIFY(each->ingest("a.json").has_value());
    QVERIFY(each->ingest(""));
    SourceSettings settings;
    settings.leave_out_duplicates = true;
    QVERIFY(each->correct(
        [&](Engine &engine, auto handler) { engine.changeSource(each->sourceId(""), settings, handler); }));
  }
  QVERIFY(harness.correct(
      [&](Engine &engine, auto handler) { engine.removeFiles({harness.file("a.json").id}, handler); }));
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(QString::fromStdString(harness.tables()), QString::fromStdString(second.tables()));
}

void tst_Corrections::duplicatesThatComeLater_data() {
  QTest::addColumn<int>("seed");
  for (int seed = 1; seed <= 4; ++seed)
    QTest::addRow("%d", seed) << seed;
}

void tst_Corrections::duplicatesThatComeLater() {
  QFETCH(int, seed);
  std::mt19937 random(static_cast<unsigned>(seed));
  EngineHarness harness, unique;
  std::set<std::string> seen;
  std::string once;
  SourceSettings settings;
  settings.leave_out_duplicates = true;
  harness.write("0.json", "");
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.correct(
      [&](Engine &engine, auto handler) { engine.changeSource(harness.sourceId(""), settings, handler); }));
  for (int round = 0; round < 8; ++round) {
    std::string content;
    for (int i = 0; i < 150; ++i) {
      const std::string line = jsonLine("d" + std::to_string(random() % 2), static_cast<int>(random() % 200),
                                        static_cast<double>(random() % 3));
      content += line;
      if (seen.insert(line).second)
        once += line;
    }
    harness.append(std::to_string(random() % 3) + ".json", content);
    QVERIFY(harness.ingest(""));
    if (random() % 3 == 0)
      harness.reopen();
  }
  unique.write("a.json", once);
  QVERIFY(unique.ingest(""));
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(QString::fromStdString(harness.windows()), QString::fromStdString(unique.windows()));
  QCOMPARE(harness.readings(), 1200);
}

void tst_Corrections::mergedDevicesMayHoldDuplicates() {
  EngineHarness harness;
  harness.write("a.json", linesOf("a", 0, 10) + linesOf("b", 5, 15));
  QVERIFY(harness.ingest(""));
  SourceSettings settings;
  settings.leave_out_duplicates = true;
  QVERIFY(harness.correct(
      [&](Engine &engine, auto handler) { engine.changeSource(harness.sourceId(""), settings, handler); }));
  QVERIFY(harness.correct([&](Engine &engine, auto handler) {
    engine.mergeDevices(harness.deviceId("b"), harness.deviceId("a"), handler);
  }));
  QCOMPARE(harness.inconsistency(), QString());
  EngineHarness one;
  one.write("a.json", linesOf("a", 0, 15));
  QVERIFY(one.ingest(""));
  QCOMPARE(QString::fromStdString(harness.windows()), QString::fromStdString(one.windows()));
}

void tst_Corrections::keepsLimits() {
  EngineHarness harness;
  harness.write("a.json", linesOf("d", 0, 10));
  QVERIFY(harness.ingest(""));
  const Quantity before = harness.overview().quantities.at(0);
  QCOMPARE(before.limits.high, 85.0);
  QVERIFY(std::isnan(before.limits.spike));
  QuantityLimits limits{-5, std::numeric_limits<double>::quiet_NaN(), 3, 60 * kSecond};
  QVERIFY(
      harness.correct([&](Engine &engine, auto handler) { engine.setLimits(before.id, limits, handler); }));
  harness.reopen();
  const QuantityLimits after = harness.overview().quantities.at(0).limits;
  QCOMPARE(after.low, -5.0);
  QVERIFY(std::isnan(after.high));
  QCOMPARE(after.spike, 3.0);
  QCOMPARE(after.flat_us, 60 * kSecond);
  QVERIFY(!harness.correct([&](Engine &engine, auto handler) { engine.setLimits(99, limits, handler); }));
}

void tst_Corrections::endsOnCancelAndOnStop() {
  std::promise<Result<CorrectionReport>> promise; // outlives the engine that keeps it
  EngineHarness harness;
  std::vector<std::int64_t> files;
  for (int i = 0; i < 12; ++i)
    harness.write(std::to_string(i) + ".json", linesOf("d", i * 10'000, i * 10'000 + 10'000));
  QVERIFY(harness.ingest(""));
  const std::vector<FileStatus> known = harness.files();
  for (const FileStatus &file : known)
    files.push_back(file.id);
  const Engine::RequestId id = harness.engine().applyMapping(
      files, asOther(), [&](Result<CorrectionReport> report) { promise.set_value(std::move(report)); });
  QTRY_VERIFY_WITH_TIMEOUT(harness.engine().status().corrected_files > 0, EngineHarness::kPatience);
  harness.engine().cancel(id);
  const Result<CorrectionReport> report = promise.get_future().get();
  QVERIFY(!report);
  QCOMPARE(report.error().code, ErrorCode::Cancelled);
  QVERIFY(harness.readings() % 10'000 == 0);
  QVERIFY(harness.readings() > 0);
  QCOMPARE(harness.inconsistency(), QString());
  harness.engine().applyMapping(files, Mapping(), [](const Result<CorrectionReport> &) {});
  QTRY_VERIFY_WITH_TIMEOUT(!harness.engine().status().correction.empty(), EngineHarness::kPatience);
  QElapsedTimer timer;
  timer.start();
  harness.engine().stop();
  QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
  QVERIFY(harness.readings() % 10'000 == 0);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Corrections::tellsOfACorrectionUnderWay() {
  EngineHarness harness;
  harness.write("a.json", linesOf("d", 0, 1000));
  QVERIFY(harness.ingest(""));
  std::atomic<std::int64_t> told{0};
  harness.engine().onCommitted([&](const Committed &committed) { told = committed.revision; });
  QVERIFY(harness.correct([&](Engine &engine, auto handler) {
    engine.applyMapping({harness.file("a.json").id}, asOther(), handler);
  }));
  QCOMPARE(told.load(), harness.overview().revision);
  QCOMPARE(harness.engine().status().revision, harness.overview().revision);
  QCOMPARE(harness.engine().status().correction, std::string());
}

void tst_Corrections::correctsWhileReadingsComeIn() {
  EngineHarness harness;
  harness.write("a.json", linesOf("d", 0, 1000));
  harness.write("live.json", linesOf("live", 0, 1));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 1001, EngineHarness::kPatience);
  for (int i = 1; i <= 40; ++i) {
    harness.append("live.json", linesOf("live", i, i + 1));
    if (i % 4 == 0)
      QVERIFY(harness.correct([&](Engine &engine, auto handler) {
        engine.applyMapping({harness.file("a.json").id, harness.file("live.json").id},
                            i % 8 == 0 ? Mapping() : asOther(), handler);
      }));
  }
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 1041, EngineHarness::kPatience);
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(harness.overview().counts, (RecordCounts{1041, 1041, 0, 0}));
}

void tst_Corrections::aRewrittenFileIsSeenOldOrNew() {
  EngineHarness harness;
  harness.write("a.json", linesOf("d", 0, 30'000));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 30'000, EngineHarness::kPatience);
  harness.write(".a.json", linesOf("d", 50'000, 100'000));
  std::filesystem::rename(harness.path(".a.json"), harness.path("a.json"));
  std::set<std::int64_t> seen;
  QTRY_VERIFY_WITH_TIMEOUT((seen.insert(harness.readings()), seen.contains(50'000)),
                           EngineHarness::kPatience);
  seen.erase(30'000);
  QCOMPARE(seen, (std::set<std::int64_t>{50'000}));
  QCOMPARE(harness.inconsistency(), QString());
  harness.append("a.json", linesOf("d", 100'000, 100'010));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 50'010, EngineHarness::kPatience);
}

METEOROGRAPH_TEST(tst_Corrections)
#include "tst_Corrections.moc"
