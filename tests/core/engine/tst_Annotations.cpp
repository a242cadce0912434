// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/EngineHarness.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

namespace {

constexpr TimeUs kNoon = 1'700'000'000 * kSecond;

Annotation note(const std::string &text, TimeUs from = kNoon) {
  Annotation annotation;
  annotation.from_us = from;
  annotation.text = text;
  return annotation;
}

Result<CorrectionReport> save(EngineHarness &harness, const Annotation &annotation) {
  return harness.correct(
      [&](Engine &engine, const EngineHarness::Handler &done) { engine.saveAnnotation(annotation, done); });
}

Result<CorrectionReport> forget(EngineHarness &harness, std::int64_t id) {
  return harness.correct(
      [&](Engine &engine, const EngineHarness::Handler &done) { engine.removeAnnotation(id, done); });
}

Result<CorrectionReport> hold(EngineHarness &harness, DeviceId id, bool holds) {
  return harness.correct(
      [&](Engine &engine, const EngineHarness::Handler &done) { engine.setHolding(id, holds, done); });
}

bool holds(EngineHarness &harness, const std::string &name) {
  for (const DeviceStatus &device : harness.overview().devices)
    if (device.name == name)
      return device.holds;
  return false;
}

/// The store as the program before the third migration left it.
void makeOlder(const std::string &path) {
  SqliteFile(path).execute("DROP TABLE annotation; DROP TABLE device_holds; DROP TABLE integrity_check;"
                           "PRAGMA user_version = 2");
}

} // namespace

/// What people write at times, and which devices hold their values.
class tst_Annotations : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void keepsThemByTimeAcrossRestarts() {
    EngineHarness harness;
    Annotation stretch = note("Door “open” =1+1 — ä", kNoon + 1);
    stretch.to_us = kNoon + kMinute;
    stretch.quantity = 7;
    QVERIFY(save(harness, stretch));
    QVERIFY(save(harness, note("Filter changed")));
    harness.reopen();
    std::vector<Annotation> kept = harness.overview().annotations;
    QCOMPARE(kept.size(), std::size_t{2});
    QCOMPARE(kept[0].text, std::string("Filter changed"));
    QVERIFY(kept[0].id != kept[1].id && kept[0].id != 0);
    QCOMPARE(kept[0].to_us, kNoTime);
    stretch.id = kept[1].id;
    QVERIFY(kept[1] == stretch);
  }

  void changesAndRemovesAndTakesBack() {
    EngineHarness harness;
    QVERIFY(save(harness, note("wrong")));
    Annotation kept = harness.overview().annotations.at(0);
    kept.text = "right";
    kept.from_us -= kHour;
    const std::int64_t before = harness.overview().revision;
    QVERIFY(save(harness, kept));
    QVERIFY2(harness.overview().revision > before, "who looks at revisions must see it");
    QVERIFY(harness.overview().annotations == std::vector{kept});
    QVERIFY(forget(harness, kept.id));
    QVERIFY(harness.overview().annotations.empty());
  }

  void whatIsGoneIsNotWrittenOverAnother() {
    EngineHarness harness;
    QVERIFY(save(harness, note("first")));
    Annotation first = harness.overview().annotations.at(0);
    QVERIFY(forget(harness, first.id));
    QVERIFY(save(harness, note("second")));
    const Annotation second = harness.overview().annotations.at(0);
    QVERIFY2(second.id != first.id, "ids never come again");
    const Result<CorrectionReport> late = save(harness, first); // from a dialog that was open
    QVERIFY(!late && late.error().code == ErrorCode::Usage);
    QVERIFY2(late.error().message.find("gone") != std::string::npos, late.error().message.c_str());
    QVERIFY(harness.overview().annotations == std::vector{second});
    first.id = 0; // undo
    QVERIFY(save(harness, first));
    QCOMPARE(harness.overview().annotations.size(), std::size_t{2});
    QCOMPARE(harness.overview().annotations[0].text, std::string("second"));
    QCOMPARE(harness.overview().annotations[1].text, std::string("first"));
  }

  void refusesWhatSaysNothing_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qlonglong>("length_us");
    QTest::newRow("empty") << QByteArray() << qlonglong{kMinute};
    QTest::newRow("blank") << QByteArray(" \n\t") << qlonglong{kMinute};
    QTest::newRow("endless") << QByteArray(4001, 'x') << qlonglong{kMinute};
    QTest::newRow("ends before it begins") << QByteArray("x") << qlonglong{-1};
    QTest::newRow("ends where it begins") << QByteArray("x") << qlonglong{0};
  }
  void refusesWhatSaysNothing() {
    QFETCH(QByteArray, text);
    QFETCH(qlonglong, length_us);
    EngineHarness harness;
    Annotation annotation = note(text.toStdString());
    annotation.to_us = annotation.from_us + length_us;
    const Result<CorrectionReport> report = save(harness, annotation);
    QVERIFY(!report && report.error().code == ErrorCode::Usage);
    QVERIFY(harness.overview().annotations.empty());
  }

  void followTheirDeviceWhenItIsRenamedOrMerged() {
    EngineHarness harness;
    harness.write("a.json", jsonLine("attic", 0, 20) + jsonLine("roof", 0, 21));
    QVERIFY(harness.ingest("a.json"));
    Annotation ofAttic = note("attic");
    ofAttic.device = "attic";
    const DeviceId attic = harness.deviceId("attic");
    QVERIFY(save(harness, ofAttic) && hold(harness, attic, true));
    QVERIFY(harness.correct([&](Engine &engine, const EngineHarness::Handler &done) {
      engine.renameDevice(attic, "loft", done);
    }));
    QCOMPARE(harness.overview().annotations[0].device, std::string("loft"));
    QVERIFY(holds(harness, "loft") && !holds(harness, "roof"));
    QVERIFY(harness.correct([&](Engine &engine, const EngineHarness::Handler &done) {
      engine.mergeDevices(attic, harness.deviceId("roof"), done);
    }));
    QCOMPARE(harness.overview().annotations[0].device, std::string("roof"));
    QVERIFY(holds(harness, "roof"));
  }

  void findTheirDeviceAgainWhenItsFileWasTakenOutAndReadAgain() {
    EngineHarness harness;
    harness.write("a.json", jsonLine("attic", 0, 20));
    harness.write("b.json", jsonLine("cellar", 0, 12));
    QVERIFY(harness.ingest("a.json") && harness.ingest("b.json"));
    Annotation ofCellar = note("cellar");
    ofCellar.device = "cellar";
    QVERIFY(save(harness, ofCellar) && hold(harness, harness.deviceId("cellar"), true));
    const std::int64_t file = harness.file("b.json").id;
    QVERIFY(harness.correct(
        [&](Engine &engine, const EngineHarness::Handler &done) { engine.removeFiles({file}, done); }));
    QCOMPARE(harness.overview().devices.size(), std::size_t{1});
    QCOMPARE(harness.overview().annotations[0].device, std::string("cellar")); // not about everything
    QVERIFY(!holds(harness, "attic"));
    QVERIFY(harness.correct(
        [&](Engine &engine, const EngineHarness::Handler &done) { engine.applyMapping({file}, {}, done); }));
    QCOMPARE(harness.overview().devices.size(), std::size_t{2});
    QCOMPARE(harness.overview().annotations[0].device, std::string("cellar"));
    QVERIFY(holds(harness, "cellar") && !holds(harness, "attic"));
  }

  void olderStoresGetTheirTable() {
    EngineHarness harness;
    harness.write("a.json", jsonLine("attic", 0, 20));
    QVERIFY(harness.ingest("a.json"));
    const std::string path = harness.store();
    harness.engine().stop();
    makeOlder(path);
    const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(path);
    QVERIFY(reader);
    const Result<Overview> before = (*reader)->overview(); // who only reads does not migrate
    QVERIFY(before && before->annotations.empty() && before->readings == 1 && !before->devices[0].holds);
    SeriesRequest request;
    request.to_us = 1;
    request.devices = {before->devices[0].id};
    request.quantities = {before->quantities[0].id};
    QVERIFY((*reader)->series(request));
    harness.reopen();
    QVERIFY(save(harness, note("after")));
    QCOMPARE(harness.overview().annotations.size(), std::size_t{1});
    QCOMPARE(harness.readings(), std::int64_t{1});
  }

  void remembersDevicesThatRecordOnlyChanges() {
    EngineHarness harness;
    harness.write("a.json", jsonLine("attic", 0, 20));
    QVERIFY(harness.ingest("a.json"));
    const DeviceId attic = harness.deviceId("attic");
    QVERIFY(hold(harness, attic, true) && hold(harness, attic, true));
    harness.reopen();
    QVERIFY(harness.overview().devices[0].holds);
    QVERIFY(harness.tells("note", "hold until the next one"));
    QVERIFY(hold(harness, attic, false));
    QVERIFY(!harness.overview().devices[0].holds);
    const Result<CorrectionReport> unknown = hold(harness, attic + 9, true);
    QVERIFY(!unknown && unknown.error().code == ErrorCode::Usage);
  }
};

METEOROGRAPH_TEST(tst_Annotations)
#include "tst_Annotations.moc"
