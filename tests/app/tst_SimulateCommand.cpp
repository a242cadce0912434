// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QDirIterator>
#include <QTest>

#include <csignal>
#include <nlohmann/json.hpp>

class tst_SimulateCommand : public QObject {
  Q_OBJECT

  Program m_program;

  QMap<QString, QByteArray> filesBelow(const QString &folder) const {
    QMap<QString, QByteArray> files;
    const QDir root(m_program.path(folder));
    for (QDirIterator each(root.path(), QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
      const QString path = root.relativeFilePath(each.next());
      files[path] = m_program.read(folder + '/' + path);
    }
    return files;
  }

  QList<QByteArray> linesBelow(const QString &folder) const {
    QList<QByteArray> lines;
    for (const QByteArray &text : filesBelow(folder))
      lines += text.chopped(1).split('\n');
    return lines;
  }

private Q_SLOTS:
  void writesAMinuteOfThreeDevicesByDefault() {
    const ProgramRun run = m_program.run({"simulate", "--output", "default", "--fast"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out, "1 file: 180 readings, 0 of them late, and 0 bad lines\n");
    QCOMPARE(run.err, "");
    QCOMPARE(linesBelow("default").size(), 180);
  }

  void sameArgumentsSameBytes() {
    const QStringList options = {"--devices", "4",     "--rate", "2.5",    "--duration", "1800",  "--late",
                                 "0.1",       "--bad", "0.05",   "--seed", "7",          "--fast"};
    for (const char *folder : {"one", "two"})
      QCOMPARE(m_program.run(QStringList{"simulate", "--output", folder} + options).code, 0);
    QCOMPARE(filesBelow("one"), filesBelow("two"));
    QCOMPARE(linesBelow("one").size(), 18'000);
    QVERIFY(filesBelow("one").size() >= 3);
  }

  void startsWhenItIsTold() {
    QCOMPARE(
        m_program.run({"simulate", "--output", "start", "--fast", "--start", "2020-02-29T23:59:00"}).code, 0);
    const auto reading = nlohmann::json::parse(linesBelow("start").first().toStdString());
    QVERIFY(reading["EventEnqueuedUtcTime"].get<std::string>().starts_with("2020-02-29T23:59:00."));
  }

  void endsCleanlyWhenToldTo_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
  }
  void endsCleanlyWhenToldTo() {
    QFETCH(int, signal);
    const QString folder = QString("live%1").arg(signal);
    const auto process = m_program.start({"simulate", "--output", folder, "--forever", "--rate", "50"});
    QTRY_VERIFY_WITH_TIMEOUT(linesBelow(folder).size() > 100, 30'000);
    const ProgramRun run = Program::stop(*process, signal);
    QCOMPARE(run.code, 0);
    QVERIFY(run.out.contains("readings"));
    for (const QByteArray &text : filesBelow(folder))
      QVERIFY(text.endsWith('\n'));
    for (const QByteArray &line : linesBelow(folder))
      QVERIFY(nlohmann::json::accept(line.toStdString()));
  }

  void takesAsLongAsTheDurationLive() {
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(m_program.run({"simulate", "--output", "real", "--duration", "1.5", "--rate", "4"}).code, 0);
    QVERIFY(timer.elapsed() >= 1'500);
    QCOMPARE(linesBelow("real").size(), 18);
  }

  void saysWhatCannotBeWritten() {
    m_program.write("file", "in the way");
    const ProgramRun run = m_program.run({"simulate", "--output", "file/below", "--fast"});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("file/below"), run.err);
  }
};

METEOROGRAPH_TEST(tst_SimulateCommand)
#include "tst_SimulateCommand.moc"
