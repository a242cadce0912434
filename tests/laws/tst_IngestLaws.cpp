// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/CrashHistory.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QDirIterator>
#include <QProcess>
#include <QtTest>

#include <fstream>
#include <random>
#include <signal.h>

using namespace meteorograph;

namespace {

/// A file's content as it could come from a field: jitter, late readings, bad lines, several devices.
std::string jsonContent(std::mt19937 &random, int records) {
  std::string text;
  for (int i = 0; i < records; ++i) {
    const int kind = static_cast<int>(random() % 40);
    const int second = kind == 0 ? i / 3 - 1500 : i / 3;
    const std::string device = "device " + std::to_string(random() % 3);
    const double value = 20 + static_cast<double>(random() % 1000) / 100;
    if (kind == 1)
      text += "{\"deviceId\":\"" + device + "\",\"temperature\":\n";
    else if (kind == 2)
      text += "\xc3\xa4 not json at all\r\n";
    else if (kind == 3)
      text += "{\n  \"deviceId\": \"" + device + "\",\n  \"humidity\": " + std::to_string(value) +
              ",\n  \"time\": \"2023-11-14T22:13:20Z\"\n}\n";
    else
      text += jsonLine(device, second, value);
  }
  return text;
}

std::string csvContent(std::mt19937 &random, int records) {
  std::string text = "\xef\xbb\xbf"
                     "time;temp (\xc2\xb0"
                     "C);note;co2\r\n";
  for (int i = 0; i < records; ++i) {
    const int kind = static_cast<int>(random() % 20);
    if (kind == 0)
      text += "\r\n";
    else if (kind == 1)
      text += "nonsense;;;\r\n";
    else
      text += formatIsoTime(1'700'000'000 * kSecond + (i - (kind == 2 ? 900 : 0)) * kSecond) + ";" +
              std::to_string(random() % 300) + ".5;\"a;b\";" + std::to_string(random() % 2000) + "\r\n";
  }
  return text;
}

} // namespace

/// What must hold for any history: the tables depend on the bytes alone.
class tst_IngestLaws : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void piecesGiveTheSameTablesAsOnePiece_data();
  void piecesGiveTheSameTablesAsOnePiece();
  void anyGroupingIntoCommitsGivesTheSameTables();
  void anyOrderOfFilesGivesTheSameValues();
  void killedAtAnyInstantItEndsWithTheSameTables();
};

void tst_IngestLaws::piecesGiveTheSameTablesAsOnePiece_data() {
  QTest::addColumn<QString>("format");
  QTest::addColumn<unsigned>("seed");
  for (const char *format : {"json", "csv"})
    for (unsigned seed = 1; seed <= 6; ++seed)
      QTest::addRow("%s %u", format, seed) << format << seed;
}

void tst_IngestLaws::piecesGiveTheSameTablesAsOnePiece() {
  QFETCH(QString, format);
  QFETCH(unsigned, seed);
  std::mt19937 random(seed);
  const std::string content = format == "json" ? jsonContent(random, 400) : csvContent(random, 400);
  const std::string name = "a." + format.toStdString();
  StoreHarness whole;
  whole.write(name, content);
  whole.ingest();

  StoreHarness pieces;
  // Some pieces are read while following, some at once (which takes unterminated lines as tails).
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t size = 1 + random() % (random() % 4 == 0 ? 5000 : 300);
    pieces.append(name, content.substr(at, size));
    at += size;
    if (random() % 3 == 0)
      pieces.now += 40 * kSecond;
    pieces.ingest(random() % 2 == 0);
    if (random() % 5 == 0)
      pieces.reopen();
  }
  pieces.ingest();
  QCOMPARE(pieces.inconsistency(), QString());
  QCOMPARE(pieces.overview().counts, whole.overview().counts);
  QCOMPARE(QString::fromStdString(pieces.tables()), QString::fromStdString(whole.tables()));
  QCOMPARE(pieces.quarantine().size(), whole.quarantine().size());
}

void tst_IngestLaws::anyGroupingIntoCommitsGivesTheSameTables() {
  std::mt19937 random(7);
  StoreHarness one, many;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "f" + std::to_string(i) + ".json";
    const std::string content = jsonContent(random, 60);
    for (StoreHarness *store : {&one, &many}) {
      store->write(name, content);
      store->age(name, kHour - i * kSecond);
    }
  }
  many.batches_per_commit = 7;
  one.ingest();
  many.ingest();
  QCOMPARE(many.inconsistency(), QString());
  QCOMPARE(QString::fromStdString(many.tables()), QString::fromStdString(one.tables()));
  QCOMPARE(many.overview().late, one.overview().late);
}

void tst_IngestLaws::anyOrderOfFilesGivesTheSameValues() {
  std::mt19937 random(11);
  std::vector<std::string> contents;
  for (int i = 0; i < 12; ++i)
    contents.push_back(jsonContent(random, 80));
  std::string first;
  for (int round = 0; round < 4; ++round) {
    StoreHarness store;
    std::vector<int> order(contents.size());
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random);
    for (const int i : order) {
      store.write("f" + std::to_string(i) + ".json", contents[static_cast<std::size_t>(i)]);
      store.ingest();
    }
    QCOMPARE(store.inconsistency(), QString());
    if (first.empty())
      first = store.tables();
    QCOMPARE(QString::fromStdString(store.tables()), QString::fromStdString(first));
  }
}

namespace {

/// Files that come to be bit by bit, in the order of their names, cut anywhere.
class GrowingFolder {
public:
  GrowingFolder(const QString &from, const QString &to, int pieces) : m_from(from), m_to(to) {
    for (QDirIterator all(from, QDir::Files, QDirIterator::Subdirectories); all.hasNext();)
      m_names << QDir(from).relativeFilePath(all.next());
    m_names.sort();
    for (const QString &name : m_names)
      m_left += QFileInfo(from + '/' + name).size();
    m_piece = m_left / pieces + 1;
    QDir().mkpath(to);
  }

  void grow(qint64 bytes) {
    while (bytes > 0 && !m_names.isEmpty()) {
      const QString name = m_to + '/' + m_names.first();
      QDir().mkpath(QFileInfo(name).path());
      QFile source(m_from + '/' + m_names.first()), target(name);
      if (!source.open(QIODevice::ReadOnly) || !target.open(QIODevice::Append))
        qFatal("cannot let %s grow", qPrintable(name));
      source.seek(target.size());
      const QByteArray more = source.read(bytes);
      target.write(more);
      bytes -= more.size();
      m_left -= more.size();
      if (source.atEnd())
        m_names.removeFirst();
    }
  }
  qint64 piece() const { return m_piece; }
  qint64 left() const { return m_left; }

private:
  QString m_from, m_to;
  QStringList m_names;
  qint64 m_left = 0;
  qint64 m_piece = 0;
};

int ingest(const QString &store, const QString &folder) {
  return QProcess::execute(METEOROGRAPH_PROGRAM, {"ingest", "--store", store, folder});
}

/// Some runs follow the folder while it grows, some take in what is there. False where it ended by itself.
bool killOne(const QString &store, const QString &folder, GrowingFolder &data, std::mt19937 &random) {
  const bool follows = random() % 2 == 0;
  QProcess program;
  program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  if (!follows)
    data.grow(data.piece());
  program.start(METEOROGRAPH_PROGRAM, QStringList{"ingest", "--store", store, folder} +
                                          (follows ? QStringList{"--follow"} : QStringList{}));
  constexpr int kParts = 4;
  const int wait = static_cast<int>(random() % 250);
  for (int i = 0; i < kParts; ++i) {
    if (follows)
      data.grow(data.piece() / kParts);
    program.waitForFinished(wait / kParts);
  }
  const bool runs = program.state() != QProcess::NotRunning;
  if (runs)
    ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
  program.waitForFinished();
  return runs;
}

} // namespace

/// The program itself, killed again and again on one store, while what it takes in grows.
/// METEOROGRAPH_KILLS says how often (25).
void tst_IngestLaws::killedAtAnyInstantItEndsWithTheSameTables() {
  const int wanted = std::max(qEnvironmentVariableIntValue("METEOROGRAPH_KILLS"), 25);
  QTemporaryDir folder;
  const QString whole = folder.filePath("whole");
  const QString data = folder.filePath("data");
  QCOMPARE(QProcess::execute(METEOROGRAPH_PROGRAM,
                             {"simulate", "--output", whole, "--devices", "5", "--rate", "50", "--duration",
                              "900", "--late", "0.05", "--bad", "0.01", "--fast"}),
           0);
  GrowingFolder growing(whole, data, wanted);
  std::mt19937 random(3);
  const QString killed = folder.filePath("killed.meteorograph");
  int kills = 0;
  int runs = 0;
  for (; kills < wanted; ++runs)
    kills += killOne(killed, data, growing, random);
  growing.grow(growing.left());
  QCOMPARE(ingest(killed, data), 0);
  qInfo("%d kills in %d runs", kills, runs);

  const QString calm = folder.filePath("calm.meteorograph");
  QCOMPARE(ingest(calm, data), 0);
  const QStringList expected = tablesOf(calm.toStdString());
  QVERIFY(expected.size() > 200'000);
  QCOMPARE(difference(tablesOf(killed.toStdString()), expected), QString());
}

METEOROGRAPH_TEST(tst_IngestLaws)
#include "tst_IngestLaws.moc"
