// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Packing.h"
#include "tests/support/Program.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace meteorograph;

/// Each way to end, in the middle of each kind of work: the program ends by itself, what it leaves is
/// whole, and going on gives what an uninterrupted run gives.
class tst_CleanEnds : public QObject {
  Q_OBJECT

  static constexpr int kPatience = 60'000; // ms
  static constexpr int kLines = 60'000;
  std::unique_ptr<Program> m_program;

  static QByteArray lines(int count, int temperature, int from = 0) {
    QByteArray text;
    text.reserve(count * 64);
    const QString line = QStringLiteral(R"({"deviceId":"d%1","temperature":%2,"time":%3})") + '\n';
    for (int i = 0; i < count; ++i)
      text += line.arg(i % 7).arg(temperature + i % 5).arg(1'704'067'200 + (from + i) / 7).toUtf8();
    return text;
  }
  static QByteArray array(const QByteArray &lines) {
    QByteArray text = lines.trimmed();
    return '[' + text.replace('\n', ',') + ']';
  }

  void writeData(const QString &kind) const {
    if (kind == "many")
      for (int i = 0; i < 1'000; ++i)
        m_program->write(QString("data/%1.json").arg(i), lines(7, 20, 7 * i));
    else if (kind == "array")
      m_program->write("data/a.json", array(lines(kLines, 20)));
    else if (kind == "gzip")
      m_program->write("data/a.json.gz", QByteArray::fromStdString(gzipOf(lines(kLines, 20).toStdString())));
    else
      m_program->write("data/a.json", lines(kLines, 20));
  }
  bool ingest(const QString &store, const QStringList &more = {}) const {
    return m_program->run(QStringList{"ingest", "--store", store, "data"} + more).code == 0;
  }
  /// Tables without what depends on how often a program was started.
  std::string values(const QString &store) const {
    return dumpStore(**StoreReader::open(m_program->path(store).toStdString()), false);
  }
  /// A writer's first commits are in the store, and it is at work.
  bool isUnderWay(const QString &store, std::int64_t revision) const {
    const auto reader = StoreReader::open(m_program->path(store).toStdString());
    const auto now = reader ? (*reader)->revision() : std::nullopt;
    return now && now->revision > revision;
  }
  void continuesAfter(QProcess &process, int signal) {
    const ProgramRun run = Program::stop(process, signal);
    QVERIFY2(run.code == 0 || run.code == 1, run.err); // 1: `ingest` tells that it was interrupted
    QVERIFY(!QFile::exists(m_program->path("store-lock")));
    if (StoreReader::open(m_program->path("store").toStdString()))
      QCOMPARE(storeInconsistency(m_program->path("store").toStdString()), QString());
  }

private Q_SLOTS:
  void init() { m_program = std::make_unique<Program>(); }

  void endsInTheMiddleOfALoad_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("how");
    QTest::addColumn<int>("signal");
    for (const char *kind : {"lines", "array", "gzip", "many"})
      QTest::addRow("%s, ingest", kind) << kind << "ingest" << SIGTERM;
    QTest::newRow("lines, follow") << "lines"
                                   << "follow" << SIGINT;
    QTest::newRow("many, follow") << "many"
                                  << "follow" << SIGHUP;
    QTest::newRow("lines, window") << "lines"
                                   << "window" << SIGTERM;
    QTest::newRow("many, window") << "many"
                                  << "window" << SIGHUP;
  }
  void endsInTheMiddleOfALoad() {
    QFETCH(QString, kind);
    QFETCH(QString, how);
    QFETCH(int, signal);
    writeData(kind);
    QStringList arguments{"--store", "store"};
    if (how != "window")
      arguments.prepend("ingest");
    if (how == "follow")
      arguments << "--follow";
    const auto process = how == "window" ? m_program->startWindow(arguments + QStringList{"data"})
                                         : m_program->start(arguments + QStringList{"data"});
    QTRY_VERIFY_WITH_TIMEOUT(isUnderWay("store", 0) || process->state() == QProcess::NotRunning, kPatience);
    continuesAfter(*process, signal);
    QVERIFY(ingest("store"));
    QVERIFY(ingest("whole"));
    QCOMPARE(values("store"), values("whole"));
  }

  void endsInTheMiddleOfAReplacement_data() {
    QTest::addColumn<bool>("mapping");
    QTest::newRow("a file rewritten") << false;
    QTest::newRow("another mapping") << true;
  }
  void endsInTheMiddleOfAReplacement() {
    QFETCH(bool, mapping);
    writeData("lines");
    QVERIFY(ingest("store"));
    const std::string before = values("store");
    QStringList more;
    if (mapping) {
      m_program->write("map.json", R"({"device":{"constant":"one"}})");
      more = QStringList{"--map", "map.json"};
    } else {
      m_program->write("new.json", lines(kLines, 30));
      QVERIFY(QFile::remove(m_program->path("data/a.json")));
      QVERIFY(QFile::rename(m_program->path("new.json"), m_program->path("data/a.json")));
    }
    const auto process = m_program->start(QStringList{"ingest", "--store", "store", "data"} + more);
    QTRY_VERIFY_WITH_TIMEOUT(
        QFile::exists(m_program->path("store-lock")) || process->state() == QProcess::NotRunning, kPatience);
    continuesAfter(*process, SIGTERM);
    QVERIFY(ingest("store", more));
    QVERIFY(ingest("whole", more));
    QVERIFY(values("store") != before);
    QCOMPARE(values("store"), values("whole"));
  }

  void anInterruptedExportLeavesNoFile() {
    writeData("lines");
    QVERIFY(ingest("store"));
    m_program->write("out/kept.csv", "kept");
    const auto process =
        m_program->start({"export", "--store", "store", "--layer", "gold", "--output", "out/kept.csv"});
    const QDir folder(m_program->path("out"));
    QTRY_VERIFY_WITH_TIMEOUT(
        folder.entryList(QDir::Files).size() > 1 || process->state() == QProcess::NotRunning, kPatience);
    const ProgramRun run = Program::stop(*process, SIGTERM);
    QVERIFY2(run.code == 1 || run.code == 0, run.err); // 0: it was faster
    if (run.code == 1) {
      QCOMPARE(m_program->read("out/kept.csv"), QByteArray("kept"));
      QCOMPARE(folder.entryList(QDir::Files), QStringList{"kept.csv"});
    }
  }
};

METEOROGRAPH_TEST(tst_CleanEnds)
#include "tst_CleanEnds.moc"
