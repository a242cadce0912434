// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
#include "core/store/StoreReader.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

namespace {

std::string csv(int from, int to) {
  std::string text = from == 0 ? "time;sensor;temperature\n" : "";
  for (int second = from; second < to; ++second)
    text += formatIsoTime(1'700'000'000 * kSecond + second * kSecond) + ";s" + std::to_string(second % 3) +
            ";" + std::to_string(20 + second % 7) + "\n";
  return text;
}

/// Lines that are objects, read as such …
Mapping asJson() {
  Mapping mapping;
  mapping.name = "objects";
  mapping.format = Mapping::Format::Json;
  return mapping;
}
/// … or as what holds no reading at all.
Mapping asOther() {
  Mapping mapping;
  mapping.name = "other";
  mapping.format = Mapping::Format::LineProtocol;
  return mapping;
}
Mapping asTable() {
  Mapping mapping;
  mapping.name = "table";
  mapping.delimiter = ';';
  return mapping;
}

std::string jsonLines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine("d" + std::to_string(second % 2), second, 20 + second % 5);
  return text;
}

} // namespace

/// What a mapping does to files that come, and to those that are there already.
class tst_Mappings : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void holdsForNewFilesAndWhatTheyGrowBy();
  void readsAgainWhatWasReadOtherwise();
  void equalsAFreshIngest();
  void changesNothingWithoutOne();
  void theInnermostSourceCounts();
  void anOuterMappingHoldsForAllBelow();
  void aFilesOwnMappingWins();
  void leavesAFileThatIsGone();
  void leavesAFileThatIsSomethingElseByNow();
  void keepsTheOldWhereTheNewFails();
  void readsAnUnterminatedLineAgain();
  void correctsWhileFollowing();
  void previewsThroughTheEngine();
};

void tst_Mappings::holdsForNewFilesAndWhatTheyGrowBy() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  QVERIFY(harness.ingest("", asOther()));
  QCOMPARE(harness.readings(), 0);
  harness.append("a.json", jsonLines(10, 20));
  harness.write("b.json", jsonLines(0, 10));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 0);
  for (const FileStatus &file : harness.files())
    QCOMPARE(file.mapping, asOther());
  QCOMPARE(harness.overview().sources.at(0).settings.mapping, asOther());
}

void tst_Mappings::readsAgainWhatWasReadOtherwise() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  QVERIFY(harness.ingest("", asOther()));
  QVERIFY(harness.overview().counts.accepted == 0);
  const Result<IngestReport> report = harness.ingest("", asJson());
  QVERIFY(report);
  QCOMPARE(report->readings, 10);
  QCOMPARE(harness.readings(), 10);
  QCOMPARE(harness.overview().counts, (RecordCounts{10, 10, 0, 0}));
  QCOMPARE(harness.overview().late, 0);
  QCOMPARE(harness.inconsistency(), QString());
  QCOMPARE(harness.files().size(), 1u);
  QVERIFY(harness.tells("note", "was read again: 10 readings instead of 0"));
}

void tst_Mappings::equalsAFreshIngest() {
  EngineHarness again, fresh;
  for (EngineHarness *harness : {&again, &fresh}) {
    harness->write("a.json", jsonLines(0, 5000));
    harness->write("b.json", jsonLines(4000, 9000) + "{\"bad\":\n" + jsonLines(0, 3));
    harness->write("c.csv", csv(0, 5000));
  }
  QVERIFY(again.ingest("", asOther()));
  QVERIFY(again.ingest("", asJson()));
  QVERIFY(again.ingest("c.csv", asTable()));
  QVERIFY(fresh.ingest("", asJson()));
  QVERIFY(fresh.ingest("c.csv", asTable()));
  QVERIFY(again.readings() >= 10'000);
  QCOMPARE(QString::fromStdString(again.tables()), QString::fromStdString(fresh.tables()));
  QCOMPARE(again.overview().counts, fresh.overview().counts);
  QCOMPARE(again.inconsistency(), QString());
  QCOMPARE(again.overview().devices.size(), fresh.overview().devices.size());
  QCOMPARE(again.overview().quantities.size(), fresh.overview().quantities.size());
}

void tst_Mappings::changesNothingWithoutOne() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  QVERIFY(harness.ingest("", asJson()));
  const std::int64_t revision = harness.overview().revision;
  QVERIFY(harness.ingest("a.json"));
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.ingest("", asJson()));
  Mapping renamed = asJson();
  renamed.name = "another name";
  QVERIFY(harness.ingest("", renamed));
  QCOMPARE(harness.overview().revision, revision);
}

void tst_Mappings::theInnermostSourceCounts() {
  EngineHarness harness;
  harness.write("in/a.json", jsonLines(0, 10));
  harness.write("b.json", jsonLines(0, 10));
  QVERIFY(harness.ingest("", asOther()));
  QVERIFY(harness.ingest("in", asJson()));
  QCOMPARE(harness.readings(), 10);
  harness.write("in/c.json", jsonLines(10, 20));
  QVERIFY(harness.ingest(""));
  QCOMPARE(harness.readings(), 20);
}

void tst_Mappings::anOuterMappingHoldsForAllBelow() {
  EngineHarness harness;
  harness.write("in/a.json", jsonLines(0, 10));
  QVERIFY(harness.ingest("in", asOther()));
  QVERIFY(harness.ingest("", asJson()));
  QCOMPARE(harness.readings(), 10);
}

void tst_Mappings::aFilesOwnMappingWins() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  harness.write("b.json", jsonLines(0, 10));
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.correct([&](Engine &engine, auto handler) {
    engine.applyMapping({harness.file("a.json").id}, asOther(), handler);
  }));
  QCOMPARE(harness.readings(), 10);
  QVERIFY(harness.ingest("", asJson()));
  QCOMPARE(harness.readings(), 10);
  QVERIFY(harness.ingest("a.json", asJson())); // named itself
  QCOMPARE(harness.readings(), 20);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Mappings::leavesAFileThatIsGone() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  harness.write("b.json", jsonLines(10, 20));
  QVERIFY(harness.ingest(""));
  harness.remove("a.json");
  const Result<CorrectionReport> report = harness.correct([&](Engine &engine, auto handler) {
    engine.applyMapping({harness.file("a.json").id, harness.file("b.json").id}, asOther(), handler);
  });
  QVERIFY(report);
  QCOMPARE(report->files, 1);
  QCOMPARE(report->readings_before, 10);
  QCOMPARE(report->readings_after, 0);
  QCOMPARE(report->errors.size(), 1u);
  QVERIFY(report->errors[0].message.find("is gone; its readings were left as they are") != std::string::npos);
  QCOMPARE(harness.readings(), 10);
}

void tst_Mappings::leavesAFileThatIsSomethingElseByNow() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  QVERIFY(harness.ingest(""));
  harness.write("a.json", jsonLines(100, 130));
  const Result<CorrectionReport> report = harness.correct([&](Engine &engine, auto handler) {
    engine.applyMapping({harness.file("a.json").id}, asJson(), handler);
  });
  QVERIFY(report);
  QCOMPARE(report->errors.size(), 1u);
  QCOMPARE(harness.readings(), 10);
  QVERIFY(harness.ingest("", asJson()));
  QCOMPARE(harness.readings(), 30);
}

void tst_Mappings::keepsTheOldWhereTheNewFails() {
  EngineHarness harness;
  harness.write("a.txt", "only words\nand more of them\n");
  QVERIFY(harness.ingest("", asJson()));
  const RecordCounts before = harness.overview().counts;
  QVERIFY(before.records > 0);
  const Result<CorrectionReport> report = harness.correct([&](Engine &engine, auto handler) {
    engine.applyMapping({harness.file("a.txt").id}, Mapping(), handler);
  });
  QVERIFY(report);
  QCOMPARE(report->errors.size(), 1u);
  QCOMPARE(harness.overview().counts, before);
  QCOMPARE(harness.file("a.txt").mapping, asJson());
}

void tst_Mappings::readsAnUnterminatedLineAgain() {
  EngineHarness harness, fresh;
  std::string content = csv(0, 10);
  content.pop_back();
  for (EngineHarness *each : {&harness, &fresh})
    each->write("a.csv", content);
  QVERIFY(harness.ingest(""));
  QVERIFY(harness.correct([&](Engine &engine, auto handler) {
    engine.applyMapping({harness.file("a.csv").id}, asTable(), handler);
  }));
  QCOMPARE(harness.overview().counts, (RecordCounts{11, 10, 0, 1}));
  QVERIFY(fresh.ingest("", asTable()));
  for (EngineHarness *each : {&harness, &fresh}) {
    each->append("a.csv", ".5\n" + csv(10, 20)); // the last line was not whole
    QVERIFY(each->ingest(""));
  }
  QCOMPARE(harness.readings(), 20);
  QCOMPARE(QString::fromStdString(harness.tables()), QString::fromStdString(fresh.tables()));
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_Mappings::correctsWhileFollowing() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  harness.engine().follow({harness.path("")}, asOther());
  QTRY_COMPARE_WITH_TIMEOUT(harness.overview().counts.records, 10, EngineHarness::kPatience);
  harness.engine().follow({harness.path("")}, asJson());
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 10, EngineHarness::kPatience);
  harness.append("a.json", jsonLines(10, 20));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 20, EngineHarness::kPatience);
  QCOMPARE(harness.overview().counts, (RecordCounts{20, 20, 0, 0}));
}

void tst_Mappings::previewsThroughTheEngine() {
  EngineHarness harness;
  harness.write("a.json", jsonLines(0, 10));
  std::promise<Result<MappingPreview>> promise;
  harness.engine().requestPreview(harness.path("a.json"), asJson(), [&](Result<MappingPreview> preview) {
    promise.set_value(std::move(preview));
  });
  const Result<MappingPreview> preview = promise.get_future().get();
  QVERIFY(preview);
  QCOMPARE(preview->counts.accepted, 10);
  QCOMPARE(harness.readings(), 0);
}

METEOROGRAPH_TEST(tst_Mappings)
#include "tst_Mappings.moc"
