// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileReader.h"
#include "core/source/RecordParser.h"
#include "tests/support/AvroWriter.h"
#include "tests/support/Packing.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <fstream>
#include <random>

using namespace meteorograph;

namespace {

const QString kData = QStringLiteral(METEOROGRAPH_SHARED_DATA "/data/");
constexpr int kRounds = 200;

/// What came of some bytes, without the readings themselves.
struct Outcome {
  RecordCounts counts;
  std::int64_t rejects = 0;
  std::int64_t rows = 0;
  std::string error;

  bool isAccounted() const {
    return counts.records == counts.accepted + counts.quarantined + counts.skipped &&
           counts.quarantined == rejects && rows >= counts.accepted;
  }
  void add(const Batch &batch) {
    counts += batch.counts;
    rejects += static_cast<std::int64_t>(batch.rejects.size());
    rows += static_cast<std::int64_t>(batch.rows.size());
  }
};

Outcome parse(std::string text) {
  const std::size_t size = text.size();
  text.resize(size + kChunkPadding);
  const std::string_view bytes = std::string_view(text).substr(0, size);
  Outcome outcome;
  const auto parser = makeParser(recogniseFormat(bytes, true).kind, {"/data/file", "default", {}});
  if (!parser)
    return outcome;
  Batch batch;
  parser->parse({bytes, 0, 1, true}, batch);
  outcome.add(batch);
  return outcome;
}

/// As the engine reads a new file, without a store.
Outcome readNew(const std::string &path) {
  Outcome outcome;
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  if (!reader) {
    outcome.error = reader.error().message;
    return outcome;
  }
  FileDecision decision;
  decision.kind = FileDecision::Kind::Read;
  decision.step.checkpoint.path = path;
  decision.reader = std::move(*reader);
  FileReader::Options options;
  options.take_tail = true;
  FileReader().read(decision, options, [&outcome](FileBatch &&step) {
    outcome.add(step.batch);
    return true;
  });
  outcome.error = decision.step.checkpoint.error;
  return outcome;
}

void flip(std::string &bytes, std::mt19937 &random) {
  if (!bytes.empty())
    bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
}

/// A whole file's damage is local: its beginning, which decides how it is read, and what lies around
/// the damage tell as much as all of it, in a fraction of the time.
std::string around(const std::string &file, std::size_t at) {
  constexpr std::size_t kHead = 3'000;
  constexpr std::size_t kBefore = 2'000;
  if (at < kHead + kBefore)
    return file.substr(0, at);
  return file.substr(0, kHead) + file.substr(at - kBefore, kBefore);
}

std::string jsonLines() {
  std::string text;
  for (int second = 0; second < 400; ++second)
    text += jsonLine("d", second, 20 + second % 7);
  return text;
}

std::string csvLines() {
  std::string text = "time;temp (\xC2\xB0"
                     "C);note\r\n";
  for (int second = 0; second < 400; ++second)
    text += formatIsoTime(1'700'000'000 * kSecond + second * kSecond) + ";21.5;\"a;b\"\r\n";
  return text;
}

std::string avroLines(const char *codec) {
  std::vector<std::string> bodies;
  for (int i = 0; i < 400; ++i)
    bodies.push_back(jsonLine("d", i, 21));
  return avroCapture(bodies, codec, 50);
}

std::string sqliteFile() {
  StoreHarness folder;
  SqliteFile(folder.path("a.sdb")).execute(weewxSchema() + weewxRows(0, 400));
  return readFile(folder.path("a.sdb"));
}

} // namespace

/// Files that are cut anywhere or of which any bits are wrong: nothing crashes or hangs, and what is
/// there is accounted for.
class tst_Damage : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void realFilesSurviveIt_data();
  void realFilesSurviveIt();
  void packedFilesSurviveBeingCut_data();
  void packedFilesSurviveBeingCut();
  void packedFilesSurviveWrongBits_data();
  void packedFilesSurviveWrongBits();
  void theEngineSurvivesIt_data();
  void theEngineSurvivesIt();

private:
  void addPacked();
};

void tst_Damage::realFilesSurviveIt_data() {
  QTest::addColumn<QString>("path");
  if (!QDir(kData).exists())
    QSKIP("the sample files are not here");
  QDirIterator files(kData, QDir::Files, QDirIterator::Subdirectories);
  while (files.hasNext()) {
    const QString path = files.next();
    QTest::newRow(qPrintable(QDir(kData).relativeFilePath(path))) << path;
  }
}

void tst_Damage::realFilesSurviveIt() {
  QFETCH(QString, path);
  const std::string file = readFile(path.toStdString());
  QVERIFY(parse(file).isAccounted());
  std::mt19937 random(2026);
  std::string hurt = file;
  for (int round = 0; round < kRounds; ++round) {
    const std::size_t at = random() % file.size();
    const std::string cut = around(file, at);
    QVERIFY2(parse(cut).isAccounted(), ("cut at " + std::to_string(at)).c_str());
    std::string wrong = around(file, std::min(at + 1'000, file.size()));
    flip(wrong, random);
    QVERIFY2(parse(wrong).isAccounted(), ("a wrong bit near " + std::to_string(at)).c_str());
    flip(hurt, random);
  }
  QVERIFY(parse(hurt).isAccounted());
}

void tst_Damage::addPacked() {
  QTest::addColumn<QByteArray>("file");
  const auto row = [](const char *name, const std::string &file) {
    QTest::newRow(name) << QByteArray::fromStdString(file);
  };
  row("JSON", jsonLines());
  row("CSV", csvLines());
  row("gzip", gzipOf(jsonLines()));
  row("zstd", zstdOf(csvLines()) + zstdSkippable("x") + zstdOf(csvLines()));
  row("UTF-16", utf16Of(csvLines(), false));
  row("UTF-16 in gzip", gzipOf(utf16Of(jsonLines(), true)));
  for (const char *codec : {"null", "deflate", "snappy", "zstandard"})
    row((std::string("Avro, ") + codec).c_str(), avroLines(codec));
  row("SQLite", sqliteFile());
}

void tst_Damage::packedFilesSurviveBeingCut_data() { addPacked(); }

void tst_Damage::packedFilesSurviveBeingCut() {
  QFETCH(QByteArray, file);
  const bool database = file.startsWith("SQLite");
  StoreHarness folder;
  const auto outcomeOf = [&](const QByteArray &bytes) {
    folder.write("file", bytes.toStdString());
    return readNew(folder.path("file"));
  };
  const Outcome whole = outcomeOf(file);
  QCOMPARE(whole.error, std::string());
  QVERIFY(whole.counts.records >= 400);
  std::mt19937 random(1);
  for (int round = 0; round < kRounds; ++round) {
    const auto size = static_cast<qsizetype>(64 + random() % static_cast<std::size_t>(file.size() - 64));
    const Outcome cut = outcomeOf(file.first(size));
    QVERIFY2(cut.isAccounted(), qPrintable(QString::number(size)));
    QVERIFY(cut.counts.records <= whole.counts.records);
    if (!database) // which knows how long it should be
      QCOMPARE(cut.error, std::string());
  }
}

void tst_Damage::packedFilesSurviveWrongBits_data() { addPacked(); }

void tst_Damage::packedFilesSurviveWrongBits() {
  QFETCH(QByteArray, file);
  StoreHarness folder;
  std::mt19937 random(2);
  for (int round = 0; round < kRounds; ++round) {
    std::string hurt = file.toStdString();
    for (int flips = round % 8 + 1; flips > 0; --flips)
      flip(hurt, random);
    folder.write("file", hurt);
    QVERIFY2(readNew(folder.path("file")).isAccounted(), qPrintable(QString::number(round)));
  }
}

void tst_Damage::theEngineSurvivesIt_data() { addPacked(); }

void tst_Damage::theEngineSurvivesIt() {
  QFETCH(QByteArray, file);
  StoreHarness store;
  std::mt19937 random(3);
  for (int round = 0; round < 4; ++round) {
    std::string hurt = file.toStdString().substr(0, random() % static_cast<std::size_t>(file.size()));
    for (int flips = round; flips > 0; --flips)
      flip(hurt, random);
    store.write("file" + std::to_string(round), hurt);
  }
  store.ingest();
  const RecordCounts counts = store.overview().counts;
  QCOMPARE(counts.records, counts.accepted + counts.quarantined + counts.skipped);
  QCOMPARE(store.inconsistency(), QString());
  for (const Error &error : store.errors)
    QVERIFY2(error.message.find("/file") != std::string::npos, error.message.c_str());
}

METEOROGRAPH_TEST(tst_Damage)
#include "tst_Damage.moc"
