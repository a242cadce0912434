// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

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

/// Texts are equal, and so are numbers but for the order in which they were summed.
bool isSameRow(const QByteArray &a, const QByteArray &b) {
  if (a == b)
    return true;
  const QList<QByteArray> x = a.split(',');
  const QList<QByteArray> y = b.split(',');
  bool same = x.size() == y.size();
  for (qsizetype i = 0; same && i < x.size(); ++i) {
    bool isNumber = false;
    const double u = x[i].toDouble(&isNumber);
    const double v = y[i].toDouble();
    same = x[i] == y[i] || (isNumber && std::abs(u - v) <= 1e-12 * std::abs(v));
  }
  return same;
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

void tst_IngestLaws::killedAtAnyInstantItEndsWithTheSameTables() {
  // The program itself, killed at random instants while it takes in a simulated folder.
  QTemporaryDir folder;
  const QString data = folder.filePath("data");
  QCOMPARE(QProcess::execute(METEOROGRAPH_PROGRAM,
                             {"simulate", "--output", data, "--devices", "5", "--rate", "50", "--duration",
                              "900", "--late", "0.05", "--bad", "0.01", "--fast"}),
           0);
  const auto run = [&](const QString &store, int kill_after_ms) {
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(METEOROGRAPH_PROGRAM, {"ingest", "--store", store, data});
    if (kill_after_ms < 0 || program.waitForFinished(kill_after_ms))
      program.waitForFinished(60'000);
    else
      ::kill(static_cast<pid_t>(program.processId()), SIGKILL), program.waitForFinished();
    return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
  };
  const auto table = [&](const QString &store, const char *layer) {
    QProcess program;
    program.start(METEOROGRAPH_PROGRAM, {"export", "--store", store, "--layer", layer});
    program.waitForFinished(60'000);
    return program.readAllStandardOutput().split('\n');
  };
  const QString calm = folder.filePath("calm.meteorograph");
  QCOMPARE(run(calm, -1), 0);

  std::mt19937 random(3);
  const QString killed = folder.filePath("killed.meteorograph");
  int kills = 0;
  for (int i = 0; i < 25; ++i) {
    if (i % 5 == 0) // begin anew, so that the first moments are hit too
      for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(killed + suffix);
    kills += run(killed, static_cast<int>(random() % 150)) == -1;
  }
  qInfo("%d of 25 runs were killed", kills);
  QCOMPARE(run(killed, -1), 0);
  for (const char *layer : {"bronze", "silver", "gold"}) {
    QList<QByteArray> expected = table(calm, layer);
    QList<QByteArray> seen = table(killed, layer);
    std::sort(expected.begin(), expected.end()); // readings of one time may come in any order
    std::sort(seen.begin(), seen.end());
    QVERIFY(expected.size() > 10'000);
    QCOMPARE(seen.size(), expected.size());
    for (qsizetype i = 0; i < seen.size(); ++i)
      QVERIFY2(isSameRow(seen[i], expected[i]), seen[i] + " instead of " + expected[i]);
  }
}

METEOROGRAPH_TEST(tst_IngestLaws)
#include "tst_IngestLaws.moc"
