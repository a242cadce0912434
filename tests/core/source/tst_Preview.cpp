// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Preview.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <fstream>

using namespace meteorograph;
using Outcome = PreviewRow::Outcome;

class tst_Preview : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::string file(const std::string &name, const std::string &content) const {
    const std::string path = m_folder.filePath(QString::fromStdString(name)).toStdString();
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  static Mapping separatedBy(char delimiter) {
    Mapping mapping;
    mapping.delimiter = delimiter;
    return mapping;
  }

private Q_SLOTS:
  void listsTheLinesOfATable();
  void listsRecordsWhereverTheyBegin();
  void readsTheBeginningOfALargeFile();
  void looksThroughTheDatesFirst();
  void showsWhatIsNotRecognised();
  void followsTheFormatThatTheMappingStates();
  void failsWhereThereIsNothingToRead();
};

void tst_Preview::listsTheLinesOfATable() {
  const std::string path = file("a.csv", "# a remark\ntime;temperature\n2024-01-01T00:00:00Z;20.5\n"
                                         "never;20\n\n2024-01-01T00:00:01Z;21");
  const Result<MappingPreview> preview = previewMapping(path, separatedBy(';'));
  QVERIFY(preview);
  QCOMPARE(preview->counts, (RecordCounts{6, 2, 1, 3}));
  QCOMPARE(preview->rows.size(), 6u);
  const std::vector<Outcome> expected = {Outcome::Skipped,     Outcome::Skipped, Outcome::Accepted,
                                         Outcome::Quarantined, Outcome::Skipped, Outcome::Accepted};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    QCOMPARE(preview->rows[i].outcome, expected[i]);
    QCOMPARE(preview->rows[i].line, static_cast<std::int64_t>(i + 1));
  }
  QCOMPARE(preview->rows[2].cells, (std::vector<std::string>{"2024-01-01T00:00:00Z", "20.5"}));
  QVERIFY(!preview->rows[3].reason.empty());
  QCOMPARE(preview->rows[5].text, std::string("2024-01-01T00:00:01Z;21"));
  QCOMPARE(preview->batch.rows.size(), 2u);
  QCOMPARE(preview->sample_bytes, preview->file_bytes);
}

void tst_Preview::listsRecordsWhereverTheyBegin() {
  const std::string path =
      file("a.json", "[" + jsonLine("a", 0, 20) + "," + jsonLine("b", 1, 21) + ",{\"deviceId\":\"c\"},\n7]");
  const Result<MappingPreview> preview = previewMapping(path, {});
  QVERIFY(preview);
  QCOMPARE(preview->counts.accepted, 2);
  QCOMPARE(preview->counts.records,
           preview->counts.accepted + preview->counts.quarantined + preview->counts.skipped);
  QVERIFY(preview->rows.size() >= 3);
  QCOMPARE(preview->rows[0].line, 1);
  QCOMPARE(preview->rows[1].line, 2);
  QVERIFY(preview->rows[1].text.starts_with("{\"deviceId\":\"b\""));
  QVERIFY(preview->rows[0].cells.empty());
  QCOMPARE(preview->rows[2].outcome, Outcome::Quarantined);
  QVERIFY(!preview->inference.format.empty());
}

void tst_Preview::readsTheBeginningOfALargeFile() {
  std::string content = "time,temperature\n";
  for (int i = 0; content.size() < 3'000'000; ++i)
    content += formatIsoTime(1'700'000'000 * kSecond + i * kSecond) + ",20." + std::to_string(i % 10) + "\n";
  const Result<MappingPreview> preview = previewMapping(file("large.csv", content), separatedBy(','));
  QVERIFY(preview);
  QCOMPARE(preview->rows.size(), 50u);
  QCOMPARE(preview->file_bytes, static_cast<std::int64_t>(content.size()));
  QVERIFY(preview->sample_bytes <= 1 << 20 && preview->sample_bytes > (1 << 20) - 100);
  QCOMPARE(content[static_cast<std::size_t>(preview->sample_bytes) - 1], '\n');
  QCOMPARE(preview->counts.quarantined, 0);
  QCOMPARE(preview->counts.skipped, 1);
}

void tst_Preview::looksThroughTheDatesFirst() {
  const std::string path =
      file("dates.csv", "time,temperature\n03/04/2024 10:00:00,20\n25/04/2024 10:00:00,21\n");
  const Result<MappingPreview> preview = previewMapping(path, {});
  QVERIFY(preview);
  QCOMPARE(preview->counts.accepted, std::int64_t{2});
  QCOMPARE(preview->batch.rows[0].event_time_us, civilDayStart(2024, 4, 3) + 10 * kHour);
}

void tst_Preview::showsWhatIsNotRecognised() {
  const Result<MappingPreview> preview = previewMapping(file("notes.txt", "hello\nthere\nfriend\n"), {});
  QVERIFY(preview);
  QCOMPARE(preview->rows.size(), 3u);
  QCOMPARE(preview->rows[1].text, std::string("there"));
  QCOMPARE(preview->rows[1].outcome, Outcome::Quarantined);
  QVERIFY(!preview->rows[1].reason.empty());
  QCOMPARE(preview->counts, RecordCounts{});
}

void tst_Preview::followsTheFormatThatTheMappingStates() {
  const std::string path = file("b.txt", "a,b\n1,2\n");
  Mapping json;
  json.format = Mapping::Format::Json;
  QCOMPARE(previewMapping(path, json)->counts.accepted, 0);
  QVERIFY(previewMapping(path, json)->inference.format.find("JSON") != std::string::npos);
  QVERIFY(previewMapping(path, {})->inference.format.find("JSON") == std::string::npos);
  Mapping nowhere;
  nowhere.zone = "Europe/Atlantis";
  QVERIFY(!previewMapping(path, nowhere));
  QVERIFY(previewMapping(path, nowhere).error().message.find("Europe/Atlantis") != std::string::npos);
}

void tst_Preview::failsWhereThereIsNothingToRead() {
  const Result<MappingPreview> absent = previewMapping(m_folder.filePath("absent").toStdString(), {});
  QVERIFY(!absent);
  QCOMPARE(absent.error().code, ErrorCode::Unreadable);
  const Result<MappingPreview> binary =
      previewMapping(file("b.bin", std::string("\x7f\0\1\2\n\0\0\n", 8)), {});
  QVERIFY(!binary);
  QCOMPARE(previewMapping(file("empty", ""), {})->rows.size(), 0u);
}

METEOROGRAPH_TEST(tst_Preview)
#include "tst_Preview.moc"
