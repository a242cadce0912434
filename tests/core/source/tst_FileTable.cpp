// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <filesystem>
#include <fstream>

using namespace meteorograph;

namespace {

std::string lines(const std::string &device, int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine(device, second, 20 + second % 7);
  return text;
}

std::string csvLines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += formatIsoTime(1'700'000'000 * kSecond + second * kSecond) + "," +
            std::to_string(20 + second % 7) + "\n";
  return text;
}

bool tells(const std::vector<EventEntry> &events, std::string_view kind, std::string_view words) {
  for (const EventEntry &event : events)
    if (event.kind == kind && event.text.find(words) != std::string::npos)
      return true;
  return false;
}

} // namespace

/// The table "Files: what is the same, what is new", row by row.
class tst_FileTable : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsWhatGrewOnly();
  void readsNothingTwice();
  void followsARename();
  void followsARotationThroughGzip();
  void followsARotationThatPushesOlderOnes();
  void followsACopyThatIsThenTruncated();
  void followsASmallCopyThatHadGrownAndWhoseOriginalIsSeenEmpty();
  void followsSmallFilesThatChangePlacesAndGrow_data();
  void followsSmallFilesThatChangePlacesAndGrow();
  void followsASmallFileThatWasPackedUnderTheNameOfAnother();
  void followsFilesWhoseNamesGoRoundBetweenFolders_data();
  void followsFilesWhoseNamesGoRoundBetweenFolders();
  void followsCopiesOfWhichEachGoesItsOwnWay();
  void followsManyCopiesThatMove_data();
  void followsManyCopiesThatMove();
  void followsAFileOfWhichOnlyAnUnterminatedLineWasTakenIn();
  void followsAMovedFolder();
  void goesOnWhenRewrittenWithMoreBehind();
  void replacesARewrittenFile_data();
  void replacesARewrittenFile();
  void addsAfterAReset();
  void keepsTwoFilesOfTheSameContent();
  void takesACompleteJsonValueWithoutNewline();
  void holdsBackAnUnterminatedLineUntilQuiet();
  void withdrawsATailThatGrew();
  void withdrawsATailOfSeveralDevices();
  void countsATailOnceThatWentAndCameBack();
  void keepsNumbersBeyondTheQuantities();
  void waitsForTheRestOfACutGzip();
  void findsOtherContentOfTheSameSizeAndTime();
  void checksAFreshFileAgain();
  void checksAFreshFileAgainThatHasGrownMeanwhile();
  void leavesASettledFileAlone_data();
  void leavesASettledFileAlone();
  void quarantinesARecordWithoutEnd();
  void waitsForTheEndOfARecordWithoutOne_data();
  void waitsForTheEndOfARecordWithoutOne();
  void tellsOfAFileThatIsNoText();
  void skipsHiddenAndUnderscoredNames();
  void keepsReadingsOfAVanishedFile();
  void readsWhatWasWrittenBeforeARotationAlsoOfASingleFile();
  void neverTakesAReusedInodeForARename();
  void movesContentThatAnotherFileTookOver();
  void countsOnceWhatWasWrittenBesideAndRenamedOver();
  void countsOnceWhatWasWrittenAgainAfterAReset();
  void undoesWithinOneCommit();
  void givesBronzeIdsOnlyOnce();
  void addsWhenAVanishedPathIsUsedAgain();
  void readsGzipWithPadding();
  void readsADamagedGzipUpToTheDamage();
  void triesAnUnreadableFileAgain();
  void followsManyFilesRenamedOverAtOnce();
  void leavesAFileWhoseFileSystemIsNotMounted_data();
  void leavesAFileWhoseFileSystemIsNotMounted();
};

void tst_FileTable::readsWhatGrewOnly() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.ingest();
  store.append("a.json", lines("d", 10, 25));
  store.reopen();
  store.ingest();
  QCOMPARE(store.overview().readings, 25);
  QCOMPARE(store.files().size(), 1u);
  QCOMPARE(store.files()[0].readings, 25);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::readsNothingTwice() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.write("sub/b.csv", "time,temp\n" + csvLines(0, 10));
  store.ingest();
  const std::string before = store.tables();
  const std::int64_t revision = store.overview().revision;
  store.reopen();
  store.ingest();
  QCOMPARE(store.tables(), before);
  QCOMPARE(store.overview().revision, revision);
}

void tst_FileTable::followsARename() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.ingest();
  store.rename("a.json", "b.json");
  store.append("b.json", lines("d", 10, 12));
  store.ingest();
  QCOMPARE(store.overview().readings, 12);
  QCOMPARE(store.files().size(), 1u);
  QCOMPARE(store.files()[0].path, store.path("b.json"));
}

void tst_FileTable::followsARotationThroughGzip() {
  StoreHarness store;
  store.write("log", lines("d", 0, 10));
  store.ingest();
  store.rename("log", "log.1");
  store.append("log.1", lines("d", 10, 11));
  store.write("log", lines("d", 11, 15));
  store.ingest();
  QCOMPARE(store.overview().readings, 15);
  store.writeGzip("log.1.gz", lines("d", 0, 11));
  store.remove("log.1");
  store.ingest();
  QCOMPARE(store.overview().readings, 15);
  QCOMPARE(store.files().size(), 2u);
  QCOMPARE(store.files()[1].path, store.path("log.1.gz"));
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::followsARotationThatPushesOlderOnes() {
  StoreHarness store;
  store.write("log", lines("d", 0, 10));
  store.ingest();
  for (int round = 1; round < 5; ++round) {
    for (int i = 3; i > 0; --i)
      if (std::filesystem::exists(store.path("log." + std::to_string(i))))
        store.rename("log." + std::to_string(i), "log." + std::to_string(i + 1));
    store.rename("log", "log.1");
    store.write("log", lines("d", 10 * round, 10 * round + 10));
    store.ingest();
    QCOMPARE(store.overview().readings, 10 * (round + 1));
    QCOMPARE(store.inconsistency(), QString());
  }
}

void tst_FileTable::followsACopyThatIsThenTruncated() {
  StoreHarness store;
  store.write("log", lines("d", 0, 10));
  store.ingest();
  store.copy("log", "log.1");
  store.truncate("log");
  store.append("log", lines("d", 10, 13));
  store.ingest();
  QCOMPARE(store.overview().readings, 13);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::followsASmallCopyThatHadGrownAndWhoseOriginalIsSeenEmpty() {
  StoreHarness store;
  store.write("log", lines("d", 0, 3));
  store.ingest();
  store.append("log", lines("d", 3, 5));
  store.copy("log", "log.1");
  store.truncate("log");
  store.ingest();
  QCOMPARE(store.overview().readings, 5);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::followsSmallFilesThatChangePlacesAndGrow_data() {
  QTest::addColumn<QString>("other");
  QTest::addRow("in a folder") << "b.json";
  QTest::addRow("between folders") << "other/b.json";
}

void tst_FileTable::followsSmallFilesThatChangePlacesAndGrow() {
  QFETCH(QString, other);
  StoreHarness store;
  const std::string b = other.toStdString();
  store.write("a.json", lines("a", 0, 3));
  store.write(b, lines("b", 0, 3));
  store.ingest();
  store.rename("a.json", "between");
  store.rename(b, "a.json");
  store.rename("between", b);
  store.append("a.json", lines("b", 3, 5));
  store.append(b, lines("a", 3, 6));
  store.ingest();
  QCOMPARE(store.overview().readings, 11);
  QCOMPARE(store.files().size(), 2u);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::followsASmallFileThatWasPackedUnderTheNameOfAnother() {
  StoreHarness store;
  store.write("a.json", lines("a", 0, 3));
  store.write("b.json", lines("b", 0, 3));
  store.ingest();
  store.rename("b.json", "a.json");
  store.writeGzip("b.json.gz", lines("a", 0, 5));
  store.age("b.json.gz", 10 * kDay); // is looked at first
  store.ingest();
  QCOMPARE(store.overview().readings, 8);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::followsFilesWhoseNamesGoRoundBetweenFolders_data() {
  QTest::addColumn<int>("count");
  QTest::addColumn<int>("grown");
  QTest::newRow("small") << 5 << 0;
  QTest::newRow("small, and grow") << 5 << 4;
  QTest::newRow("large") << 200 << 0;
  QTest::newRow("large, and grow") << 200 << 4;
}

/// The name of the one that is looked at last was another's, and its own is taken before.
void tst_FileTable::followsFilesWhoseNamesGoRoundBetweenFolders() {
  QFETCH(const int, count);
  QFETCH(const int, grown);
  StoreHarness store;
  store.write("z/packed.json", lines("p", 0, count));
  store.write("z/first.json", lines("f", 0, count));
  store.write("last.json", lines("l", 0, count));
  store.ingest();
  store.writeGzip("z/packed.json.gz", lines("p", 0, count));
  store.remove("z/packed.json");
  store.rename("last.json", "z/packed.json");
  store.rename("z/first.json", "last.json");
  store.age("last.json", kDay);
  store.append("z/packed.json", lines("l", count, count + grown));
  store.ingest();
  QCOMPARE(store.overview().readings, 3 * count + grown);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::followsCopiesOfWhichEachGoesItsOwnWay() {
  StoreHarness store;
  store.write("a.json", lines("a", 0, 3));
  store.copy("a.json", "b.json");
  store.ingest();
  QCOMPARE(store.overview().readings, 6);
  store.writeGzip("a.json.gz", lines("a", 0, 5));
  store.remove("a.json");
  store.rename("b.json", "c.json");
  store.append("c.json", lines("a", 3, 4));
  store.ingest();
  QCOMPARE(store.overview().readings, 9);
  QCOMPARE(store.files().size(), 2u);
}

void tst_FileTable::followsManyCopiesThatMove_data() {
  QTest::addColumn<bool>("following");
  QTest::addColumn<int>("grown");
  QTest::newRow("in one go") << false << 0;
  QTest::newRow("in one go, and grow") << false << 3;
  QTest::newRow("while following") << true << 0;
  QTest::newRow("while following, and grow") << true << 3;
}

/// To another file system: under new names, with other inodes. More than are looked at one by one.
void tst_FileTable::followsManyCopiesThatMove() {
  QFETCH(const bool, following);
  QFETCH(const int, grown);
  constexpr int kFiles = 70;
  StoreHarness store;
  store.batches_per_commit = 5;
  const auto name = [](const char *folder, int i) { return folder + std::to_string(i) + ".json"; };
  for (int i = 0; i < kFiles; ++i)
    store.write(name("a/", i), lines("d", 0, 3));
  store.ingest();
  QCOMPARE(store.overview().readings, 3 * kFiles);
  store.copy(name("a/", 5), "kept.json"); // one more than there were
  for (int i = 0; i < kFiles; ++i)
    store.write(name("b/", i), lines("d", 0, 3 + grown));
  store.remove("a");
  store.now += kMinute;
  store.ingest(following);
  store.now += kMinute;
  store.ingest(following);
  QCOMPARE(store.overview().readings, (3 + grown) * kFiles + 3);
  QCOMPARE(store.inconsistency(), QString());
}

/// Too little to be known as a table is one when it is all there is.
void tst_FileTable::followsAFileOfWhichOnlyAnUnterminatedLineWasTakenIn() {
  StoreHarness store;
  const std::string begun = "# station\ntime;device;temperature\n2023-11-14T22:18:05Z;roof;20.25\n";
  store.write("a.csv", begun);
  store.ingest();
  QCOMPARE(store.overview().readings, 1);
  store.remove("a.csv");
  store.write("b.csv", begun + "2023-11-14T22:18:06Z;roof;20.50\n");
  store.ingest();
  QCOMPARE(store.overview().readings, 2);
  QCOMPARE(store.files().size(), 1u);
}

void tst_FileTable::followsAMovedFolder() {
  StoreHarness store;
  store.write("one/a.json", lines("a", 0, 10));
  store.write("one/b.json", lines("b", 0, 10));
  store.ingest();
  store.rename("one", "two");
  store.append("two/a.json", lines("a", 10, 12));
  store.ingest();
  QCOMPARE(store.overview().readings, 22);
  QCOMPARE(store.files().size(), 2u);
}

void tst_FileTable::goesOnWhenRewrittenWithMoreBehind() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.ingest();
  store.write("a.new", lines("d", 0, 14));
  store.rename("a.new", "a.json");
  store.ingest();
  QCOMPARE(store.overview().readings, 14);
  QCOMPARE(store.files().size(), 1u);
}

void tst_FileTable::replacesARewrittenFile_data() {
  QTest::addColumn<QString>("content");
  QTest::newRow("shorter") << QString::fromStdString(lines("d", 0, 4));
  QTest::newRow("other") << QString::fromStdString(lines("e", 5, 25));
  QTest::newRow("other in the middle")
      << QString::fromStdString(lines("d", 0, 5) + lines("e", 5, 6) + lines("d", 6, 10));
  QTest::newRow("other values") << QString::fromStdString(lines("d", 3, 13));
}

void tst_FileTable::replacesARewrittenFile() {
  QFETCH(QString, content);
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10) + "bad\n");
  store.write("b.json", lines("d", 5, 20)); // shares windows with the file that changes
  store.ingest();
  store.write("a.json", content.toStdString());
  store.ingest();
  QCOMPARE(store.inconsistency(), QString());

  StoreHarness fresh;
  fresh.write("b.json", lines("d", 5, 20));
  fresh.ingest();
  fresh.write("a.json", content.toStdString());
  fresh.ingest();
  QCOMPARE(store.tables(), fresh.tables());
  QCOMPARE(store.overview().counts, fresh.overview().counts);
  QVERIFY(tells(store.events(), "note", "was rewritten"));
}

void tst_FileTable::addsAfterAReset() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.ingest();
  store.truncate("a.json");
  store.ingest();
  QCOMPARE(store.overview().readings, 10);
  store.append("a.json", lines("d", 10, 14));
  store.ingest();
  QCOMPARE(store.overview().readings, 14);
  QVERIFY(tells(store.events(), "note", "was emptied"));
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::keepsTwoFilesOfTheSameContent() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.ingest();
  store.copy("a.json", "b.json");
  store.ingest();
  QCOMPARE(store.overview().readings, 20);
  QVERIFY(tells(store.events(), "warning", "same content"));
}

void tst_FileTable::takesACompleteJsonValueWithoutNewline() {
  StoreHarness store;
  std::string text = lines("d", 0, 3);
  text.pop_back();
  store.write("a.json", text);
  store.ingest(true);
  QCOMPARE(store.overview().readings, 3);
  store.append("a.json", "\n" + lines("d", 3, 4) + "{\"deviceId\":\"d\",\"temp");
  store.ingest(true);
  QCOMPARE(store.overview().readings, 4);
  QVERIFY(store.overview().pending_bytes > 0);
}

void tst_FileTable::holdsBackAnUnterminatedLineUntilQuiet() {
  StoreHarness store;
  const std::string text = "time,temp\n" + csvLines(0, 3);
  store.write("a.csv", text.substr(0, text.size() - 1));
  store.age("a.csv", 10 * kSecond);
  store.ingest(true);
  QCOMPARE(store.overview().readings, 2);
  QVERIFY(store.overview().pending_bytes > 0);
  store.now += 31 * kSecond;
  store.ingest(true);
  QCOMPARE(store.overview().readings, 3);
  QCOMPARE(store.overview().pending_bytes, 0);
}

void tst_FileTable::withdrawsATailOfSeveralDevices() {
  const std::string header = "time,T1,RH_1,T2,RH_2\n";
  std::string lines;
  for (int i = 0; i < 5; ++i)
    lines += "2023-11-14T22:14:0" + std::to_string(i) + "Z,1,40,5,50\n";
  StoreHarness store;
  store.batches_per_commit = 10;
  store.write("a.csv", header + lines + "2023-11-14T22:15:00Z,2,41,6,5");
  store.ingest();
  QCOMPARE(store.overview().readings, 12);
  store.append("a.csv", "1\n");
  store.ingest();
  QCOMPARE(store.inconsistency(), QString());

  StoreHarness fresh;
  fresh.write("a.csv", header + lines + "2023-11-14T22:15:00Z,2,41,6,51\n");
  fresh.ingest();
  QCOMPARE(fresh.overview().readings, 12);
  QCOMPARE(store.tables(), fresh.tables());
}

void tst_FileTable::countsATailOnceThatWentAndCameBack() {
  StoreHarness store;
  store.write("a.csv", "2023-11-14T22:14:00Z;5"); // all of it is a tail
  store.ingest();
  const std::int64_t readings = store.overview().readings;
  store.copy("a.csv", ".away");
  store.remove("a.csv");
  store.ingest();
  store.copy(".away", "a.csv");
  store.ingest();
  QCOMPARE(store.overview().readings, readings);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::keepsNumbersBeyondTheQuantities() {
  std::string lines;
  for (int i = 0; i < 420; ++i)
    lines += R"({"time":"2023-11-14T22:14:00Z","q)" + std::string(1, static_cast<char>('a' + i / 26)) +
             std::string(1, static_cast<char>('a' + i % 26)) + R"(x":1})" + "\n";
  StoreHarness store;
  store.write("a.json", lines);
  store.ingest();
  QCOMPARE(store.overview().counts, (RecordCounts{420, 420, 0, 0}));
  QVERIFY(QString::fromStdString(store.rescued()).contains("\"qqdx\":1"));
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::withdrawsATailThatGrew() {
  StoreHarness store;
  store.write("a.csv", "time,temp\n" + csvLines(0, 3) + "2023-11-14T22:14:00Z,2");
  store.ingest();
  QCOMPARE(store.overview().readings, 4);
  store.append("a.csv", "1.5\n" + csvLines(100, 103));
  store.ingest();
  QCOMPARE(store.overview().readings, 7);
  QCOMPARE(store.inconsistency(), QString());

  StoreHarness fresh;
  fresh.write("a.csv", "time,temp\n" + csvLines(0, 3) + "2023-11-14T22:14:00Z,21.5\n" + csvLines(100, 103));
  fresh.ingest();
  QCOMPARE(store.tables(), fresh.tables());
  QCOMPARE(store.overview().counts, fresh.overview().counts);
}

void tst_FileTable::waitsForTheRestOfACutGzip() {
  StoreHarness store;
  const std::string text = lines("d", 0, 2000);
  store.writeGzip("a.json.gz", text, 200);
  store.ingest(true);
  const std::int64_t some = store.overview().readings;
  QVERIFY(some > 100 && some < 2000);
  store.writeGzip("a.json.gz", text);
  store.ingest(true);
  QCOMPARE(store.overview().readings, 2000);
  QCOMPARE(store.overview().counts.quarantined, 0);
}

void tst_FileTable::findsOtherContentOfTheSameSizeAndTime() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.age("a.json", kMinute);
  store.ingest();
  const TimeUs aged = store.now - kMinute;
  store.write("a.json", lines("e", 0, 10));
  store.age("a.json", store.now - aged);
  store.ingest();
  QCOMPARE(store.overview().readings, 10);
  QCOMPARE(store.files().size(), 2u);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::checksAFreshFileAgain() {
  StoreHarness store;
  store.now = wallClockNow();
  store.write("a.json", lines("d", 0, 10));
  store.ingest();
  const std::int64_t revision = store.overview().revision;
  store.now += kMinute;
  store.ingest(); // settles it
  store.ingest();
  QCOMPARE(store.overview().readings, 10);
  QCOMPARE(store.overview().revision, revision + 1);
}

void tst_FileTable::checksAFreshFileAgainThatHasGrownMeanwhile() {
  StoreHarness store;
  store.now = wallClockNow();
  std::string text = "time,temp\n" + csvLines(0, 10'000);
  store.write("a.csv", text);
  store.ingest();
  text.replace(text.find(",2", text.size() / 2) + 1, 2, "77");
  store.write("a.csv", text + csvLines(10'000, 10'001));
  store.now = wallClockNow() + kMinute;
  store.ingest();
  StoreHarness fresh;
  fresh.write("a.csv", text + csvLines(10'000, 10'001));
  fresh.ingest();
  QCOMPARE(store.values(), fresh.values());
}

void tst_FileTable::leavesASettledFileAlone_data() {
  QTest::addColumn<QString>("root");
  QTest::newRow("of a folder") << ".";
  QTest::newRow("given by itself") << "a.json";
}

void tst_FileTable::leavesASettledFileAlone() {
  QFETCH(QString, root);
  StoreHarness store;
  store.write("a.json", lines("d", 0, 10));
  store.age("a.json", kMinute);
  if (root != ".")
    store.root = root.toStdString();
  store.ingest();
  QCOMPARE(store.looked_at, 1);
  store.ingest();
  QCOMPARE(store.looked_at, 0);
}

void tst_FileTable::quarantinesARecordWithoutEnd() {
  StoreHarness store;
  store.write("a.json",
              lines("d", 0, 3) + "{\"a\":\"" + std::string(20'000'000, 'x') + "\n" + lines("d", 3, 6));
  store.ingest();
  QCOMPARE(store.overview().readings, 6);
  QCOMPARE(store.overview().counts.quarantined, 1);
  QCOMPARE(store.quarantine()[0].line, 4);
}

void tst_FileTable::waitsForTheEndOfARecordWithoutOne_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("begin");
  QTest::addColumn<QString>("end");
  QTest::newRow("JSON") << "a.json" << QString::fromStdString(lines("d", 0, 3) + "{\"a\":\"")
                        << QString::fromStdString("\n" + lines("d", 3, 6));
  QTest::newRow("a table") << "a.csv" << QString::fromStdString("time,temperature\n" + csvLines(0, 3))
                           << QString::fromStdString("\n" + csvLines(3, 6));
}

void tst_FileTable::waitsForTheEndOfARecordWithoutOne() {
  QFETCH(QString, name);
  QFETCH(QString, begin);
  QFETCH(QString, end);
  StoreHarness store;
  const std::string endless = begin.toStdString() + std::string(20'000'000, '1');
  store.write(name.toStdString(), endless);
  store.write("b.json", lines("e", 0, 3));
  store.ingest();
  QCOMPARE(store.overview().readings, 6);
  QCOMPARE(store.overview().counts.quarantined, 0);
  QCOMPARE(store.files()[0].state, FileState::Failed);
  QVERIFY(store.files()[0].pending_bytes >= 20'000'000);
  QVERIFY(tells(store.events(), "error", "longer than 16 MiB and has no end"));
  const std::int64_t revision = store.overview().revision;
  store.now += kMinute;
  store.ingest(); // settled: not looked through again
  store.ingest();
  QVERIFY(store.overview().revision <= revision + 1);
  store.write(name.toStdString(), endless + end.toStdString());
  store.ingest();
  QCOMPARE(store.overview().readings, 9);
  QCOMPARE(store.overview().counts.quarantined, 1);
  QCOMPARE(store.files().size(), 2u);
  QCOMPARE(store.files()[0].state, FileState::Done);
}

void tst_FileTable::tellsOfAFileThatIsNoText() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 3));
  store.write("picture.bin", std::string("\x89PNG\r\n\x1a\n\0\0\0\x0d", 12) + std::string(500, '\0'));
  store.ingest();
  QCOMPARE(store.overview().readings, 3);
  QCOMPARE(store.errors.size(), 1u);
  QCOMPARE(store.overview().counts.records, 3);
  store.ingest(); // known as failed: not told again
  QCOMPARE(store.errors.size(), 1u);
}

void tst_FileTable::skipsHiddenAndUnderscoredNames() {
  StoreHarness store;
  store.write(".hidden.json", lines("d", 0, 3));
  store.write("_temporary/a.json", lines("d", 0, 3));
  store.write("a.json", lines("d", 0, 3));
  store.ingest();
  QCOMPARE(store.overview().readings, 3);
}

void tst_FileTable::keepsReadingsOfAVanishedFile() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 3));
  store.write("b.json", lines("d", 3, 6));
  store.ingest();
  store.remove("a.json");
  store.ingest();
  QCOMPARE(store.overview().readings, 6);
  QCOMPARE(store.files()[0].state, FileState::Vanished);
  store.write("a.json", lines("d", 0, 3)); // back again
  store.ingest();
  QCOMPARE(store.overview().readings, 6);
}

void tst_FileTable::readsWhatWasWrittenBeforeARotationAlsoOfASingleFile() {
  StoreHarness store;
  store.root = "log";
  store.write("log", lines("d", 0, 10));
  store.ingest();
  store.append("log", lines("d", 10, 15));
  store.rename("log", "log.1");
  store.write("log", lines("d", 15, 18));
  store.ingest();
  QCOMPARE(store.overview().readings, 18);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::neverTakesAReusedInodeForARename() {
  StoreHarness store;
  store.write("a.csv", "time,temp\n2024-01-01T00:00:00Z,20");
  store.ingest();
  // The same inode with other content, as a file system gives it to the next file.
  store.rename("a.csv", "b.csv");
  store.write("b.csv", "time,temp\n2024-01-02T00:00:00Z,21");
  store.ingest();
  QCOMPARE(store.overview().readings, 2);
}

void tst_FileTable::movesContentThatAnotherFileTookOver() {
  StoreHarness store;
  store.batches_per_commit = 100;
  store.write("a.json", lines("d", 0, 10));
  store.ingest();
  store.copy("a.json", "b.json");
  store.write("a.json", lines("e", 0, 3));
  store.age("a.json", kHour); // looked at first
  store.ingest();
  QCOMPARE(store.overview().readings, 13);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::countsOnceWhatWasWrittenBesideAndRenamedOver() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 5));
  store.ingest();
  store.write("a.json.tmp", lines("d", 0, 6)); // seen before it is renamed
  store.ingest();
  store.rename("a.json.tmp", "a.json");
  store.ingest();
  QCOMPARE(store.overview().readings, 6);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::countsOnceWhatWasWrittenAgainAfterAReset() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 5));
  store.ingest();
  store.truncate("a.json");
  store.ingest();
  store.write("a.json", lines("d", 0, 6));
  store.ingest();
  QCOMPARE(store.overview().readings, 6);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::undoesWithinOneCommit() {
  StoreHarness store;
  FileBatch first;
  first.checkpoint.id = 1;
  first.checkpoint.path = "/a.csv";
  first.checkpoint.offset = 10;
  first.batch.addRow({first.batch.deviceIndex("d"), -1, kSecond, kSecond, 1, 0, kNoMessageId});
  first.batch.setValue(0, first.batch.quantityColumn("temperature", "°C"), 20);
  first.batch.counts = {1, 1, 0, 0};
  FileBatch tail = first;
  tail.is_tail = true;
  tail.checkpoint.tail_bytes = 5;
  FileBatch grown = first;
  grown.withdraws_tail = true;
  FileBatch rewritten = first;
  rewritten.checkpoint.id = 2;
  rewritten.checkpoint.generation = 2;
  rewritten.replaces = 1;
  std::vector<FileBatch> all{first, tail, grown, rewritten};
  store.commit(all);
  QCOMPARE(store.overview().readings, 1);
  QCOMPARE(store.overview().counts, (RecordCounts{1, 1, 0, 0}));
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::givesBronzeIdsOnlyOnce() {
  StoreHarness store;
  store.batches_per_commit = 100;
  store.write("a.json", lines("d", 0, 5));
  store.write("b.json", lines("d", 5, 10));
  store.ingest();
  store.write("b.json", "\n");
  store.ingest();
  store.reopen();
  store.write("c.json", lines("e", 0, 10));
  store.ingest();
  store.write("a.json", lines("d", 0, 4) + lines("d", 20, 21));
  store.ingest();
  QCOMPARE(store.overview().readings, 15);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::addsWhenAVanishedPathIsUsedAgain() {
  StoreHarness store;
  store.write("spool.json", lines("d", 0, 5));
  store.ingest();
  store.remove("spool.json");
  store.ingest();
  store.write("spool.json", lines("d", 5, 9));
  store.ingest();
  QCOMPARE(store.overview().readings, 9);
}

void tst_FileTable::readsGzipWithPadding() {
  StoreHarness store;
  store.writeGzip("a.json.gz", lines("d", 0, 10));
  store.append("a.json.gz", std::string(512, '\0'));
  store.ingest();
  QCOMPARE(store.overview().readings, 10);
  QCOMPARE(store.errors.size(), 0u);
}

void tst_FileTable::readsADamagedGzipUpToTheDamage() {
  StoreHarness store;
  store.writeGzip("a.json.gz", lines("d", 0, 3000));
  std::fstream file(store.path("a.json.gz"), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(store.path("a.json.gz")) / 2));
  file << std::string(64, '\xff');
  file.close();
  store.ingest();
  QVERIFY(store.overview().readings > 500);
  QCOMPARE(store.errors.size(), 1u);
  QVERIFY(store.errors[0].message.find("damaged") != std::string::npos);
}

void tst_FileTable::triesAnUnreadableFileAgain() {
  StoreHarness store;
  store.write("a.json", lines("d", 0, 3));
  store.rename("a.json", "kept");
  std::filesystem::create_symlink(store.path("nowhere"), store.path("a.json"));
  store.ingest();
  std::filesystem::remove(store.path("a.json"));
  store.rename("kept", "a.json");
  store.ingest();
  QCOMPARE(store.overview().readings, 3);
}

void tst_FileTable::followsManyFilesRenamedOverAtOnce() {
  StoreHarness store;
  constexpr int kFiles = 300;
  for (int i = 0; i < kFiles; ++i)
    store.write("f" + std::to_string(i) + ".json", lines("d" + std::to_string(i % 5), i, i + 2));
  store.ingest();
  for (int i = 0; i < kFiles; ++i) {
    store.write("new.tmp", lines("d" + std::to_string(i % 5), i, i + 3));
    store.rename("new.tmp", "f" + std::to_string(i) + ".json");
  }
  store.ingest();
  QCOMPARE(store.overview().readings, 3 * kFiles);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_FileTable::leavesAFileWhoseFileSystemIsNotMounted_data() {
  QTest::addColumn<bool>("mounted");
  QTest::newRow("an empty mount point") << false;
  QTest::newRow("an empty folder") << true;
}

/// What is rewritten while nobody looks replaces what was read; what went, and then came anew, does not.
void tst_FileTable::leavesAFileWhoseFileSystemIsNotMounted() {
  QFETCH(const bool, mounted);
  StoreHarness store;
  for (const char *name : {"disk/same.json", "disk/grown.json", "disk/sub/rewritten.json"})
    store.write(name, lines("d", 0, 10));
  store.ingest();
  QCOMPARE(store.overview().readings, 30);
  if (!mounted) { // as if they had been written to another disk
    store.close();
    Result<Database> database = Database::open(store.store(), Database::Mode::ReadWrite);
    QVERIFY(database && database->execute("UPDATE file SET device = device + 1"));
    QVERIFY(store.open());
  }
  store.rename("disk", ".disk");
  std::filesystem::create_directory(store.path("disk"));
  store.ingest();
  for (const FileStatus &file : store.files())
    QCOMPARE(file.state == FileState::Vanished, mounted);
  store.remove("disk");
  store.rename(".disk", "disk");
  store.append("disk/grown.json", lines("d", 10, 15));
  store.remove("disk/sub/rewritten.json");
  store.write("disk/sub/rewritten.json", lines("d", 20, 27));
  store.reopen();
  store.ingest();
  QCOMPARE(store.overview().readings, 10 + 15 + 7 + (mounted ? 10 : 0));
  QCOMPARE(store.inconsistency(), QString());
}

METEOROGRAPH_TEST(tst_FileTable)
#include "tst_FileTable.moc"
