// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <nlohmann/json.hpp>

using namespace meteorograph;
using Json = nlohmann::ordered_json;

class tst_TwoPrograms : public QObject {
  Q_OBJECT

  static constexpr int kPatience = 60'000; // ms
  std::unique_ptr<Program> m_program;
  std::unique_ptr<QProcess> m_writer;

  static QByteArray line(int second) {
    return QString(R"({"deviceId":"roof","temperature":%1,"time":"2024-01-01T00:00:%2Z"})")
               .arg(20 + second % 7)
               .arg(second, 2, 10, QChar('0'))
               .toUtf8() +
           '\n';
  }
  static QByteArray lines(int from, int to) {
    QByteArray text;
    for (int second = from; second < to; ++second)
      text += line(second);
    return text;
  }
  std::int64_t readings() const {
    const ProgramRun run = m_program->run({"status", "--store", "store", "--json"});
    const Json document = Json::parse(run.out.toStdString(), nullptr, false);
    return run.code == 0 ? document["readings"].get<std::int64_t>() : -1;
  }
  QByteArray writerName() const { return "process " + QByteArray::number(m_writer->processId()) + " on "; }

private Q_SLOTS:
  void init() {
    m_program = std::make_unique<Program>();
    m_program->write("data/a.json", lines(0, 10));
    m_writer = m_program->start({"ingest", "--store", "store", "--follow", "data"});
    QTRY_COMPARE_WITH_TIMEOUT(readings(), 10, kPatience);
  }
  void cleanup() { m_writer.reset(); }

  void aSecondIngestIsRefusedNamingTheFirst() {
    m_program->write("other/b.json", lines(10, 20));
    const ProgramRun run = m_program->run({"ingest", "--store", "store", "other"});
    QCOMPARE(run.code, 3);
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY2(run.err.contains(writerName()), run.err);
    QVERIFY2(run.err.contains("--wait"), run.err);
    QCOMPARE(readings(), 10);
  }

  void aSecondIngestWaitsWhenAsked() {
    m_program->write("other/b.json", lines(10, 20));
    const std::unique_ptr<QProcess> second =
        m_program->start({"ingest", "--store", "store", "--wait", "600", "other"});
    QByteArray told;
    QTRY_VERIFY_WITH_TIMEOUT((told += second->readAllStandardError()).contains("waiting"), kPatience);
    QVERIFY2(told.contains(writerName()), told);
    QCOMPARE(Program::stop(*m_writer, SIGTERM).code, 0);
    QVERIFY(second->waitForFinished(kPatience));
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(readings(), 20);
  }

  void waitingEndsWithItsTimeOrASignal() {
    QCOMPARE(m_program->run({"ingest", "--store", "store", "--wait", "0.3", "data"}).code, 3);
    const std::unique_ptr<QProcess> second =
        m_program->start({"ingest", "--store", "store", "--wait", "600", "data"});
    QByteArray told;
    QTRY_VERIFY_WITH_TIMEOUT((told += second->readAllStandardError()).contains("waiting"), kPatience);
    QCOMPARE(Program::stop(*second, SIGINT).code, 3);
  }

  void whatOnlyReadsWorksBesideAWriter_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("status") << QStringList{"status", "--json"};
    QTest::newRow("export") << QStringList{"export", "--layer", "gold"};
    QTest::newRow("quarantine") << QStringList{"quarantine"};
    QTest::newRow("annotations") << QStringList{"annotations"};
    QTest::newRow("retain") << QStringList{"retain"};
    QTest::newRow("chart") << QStringList{"chart", "--output", "chart.png"};
  }
  void whatOnlyReadsWorksBesideAWriter() {
    QFETCH(QStringList, arguments);
    const ProgramRun run = m_program->run(arguments + QStringList{"--store", "store"});
    QVERIFY2(run.code == 0, run.err);
  }

  void aWriterThatWasKilledHoldsNothing() {
    Program::stop(*m_writer, SIGKILL);
    QVERIFY(QFile::exists(m_program->path("store-lock")));
    m_program->append("data/a.json", lines(10, 20));
    QCOMPARE(m_program->run({"ingest", "--store", "store", "data"}).code, 0);
    QCOMPARE(readings(), 20);
    QVERIFY(!QFile::exists(m_program->path("store-lock")));
    QCOMPARE(storeInconsistency(m_program->path("store").toStdString()), QString());
  }

  void aWindowBesideAWriterLeavesItAlone() {
    const std::unique_ptr<QProcess> window = m_program->startWindow({"--store", "store"});
    m_program->append("data/a.json", lines(10, 20));
    QTRY_COMPARE_WITH_TIMEOUT(readings(), 20, kPatience);
    QVERIFY(m_program->read("store-lock").startsWith(QByteArray::number(m_writer->processId()) + ' '));
    QCOMPARE(window->state(), QProcess::Running);
    QCOMPARE(Program::stop(*window, SIGTERM).code, 0);
    m_program->append("data/a.json", lines(20, 25));
    QTRY_COMPARE_WITH_TIMEOUT(readings(), 25, kPatience);
    QCOMPARE(Program::stop(*m_writer, SIGTERM).code, 0);
    QCOMPARE(storeInconsistency(m_program->path("store").toStdString()), QString());
  }
};

METEOROGRAPH_TEST(tst_TwoPrograms)
#include "tst_TwoPrograms.moc"
