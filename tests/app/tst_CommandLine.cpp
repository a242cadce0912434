// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QTest>

/// What holds for every subcommand: help, usage and the exit codes of a store that cannot be used.
class tst_CommandLine : public QObject {
  Q_OBJECT

  Program m_program;

private Q_SLOTS:
  void tellsItsVersion() {
    const ProgramRun run = m_program.run({"--version"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out, "meteorograph " METEOROGRAPH_VERSION "\n");
    QCOMPARE(run.err, "");
  }

  void helpsWithEverySubcommand_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("mentions");
    QTest::newRow("program") << QStringList{"--help"} << QByteArray("simulate");
    QTest::newRow("ingest") << QStringList{"ingest", "--help"} << QByteArray("--follow");
    QTest::newRow("export") << QStringList{"export", "--help"} << QByteArray("--layer");
    QTest::newRow("chart") << QStringList{"chart", "--help"} << QByteArray("--theme");
    QTest::newRow("status") << QStringList{"status", "--help"} << QByteArray("--json");
    QTest::newRow("quarantine") << QStringList{"quarantine", "--help"} << QByteArray("--store");
    QTest::newRow("simulate") << QStringList{"simulate", "--help"} << QByteArray("--fast");
  }
  void helpsWithEverySubcommand() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, mentions);
    const ProgramRun run = m_program.run(arguments);
    QCOMPARE(run.code, 0);
    QVERIFY(run.out.contains("Usage: meteorograph"));
    QVERIFY(run.out.contains(mentions));
    QCOMPARE(run.err, "");
  }

  void aWindowNeedsADisplay() {
    const ProgramRun run = m_program.run({});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("display"), run.err);
  }

  void wrongUsageIsTwoAndOneLine_data() {
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *line) {
      QTest::newRow(line) << QString::fromUtf8(line).split(' ', Qt::SkipEmptyParts);
    };
    row("neither-command-nor-folder");
    row("--bogus");
    row("--demo status");
    row("ingest");
    row("ingest --bogus .");
    row("ingest --map presets.json .");
    row("export");
    row("export --layer brass");
    row("export --layer silver --window 2s");
    row("export --layer bronze --window 10s");
    row("export --layer gold --format xml");
    row("export --layer gold extra");
    row("chart");
    row("chart --output picture.gif");
    row("chart --output picture");
    row("chart --output picture.png --size 1600");
    row("chart --output picture.png --size 0x0");
    row("chart --output picture.png --size 99999x99999");
    row("chart --output picture.png --theme purple");
    row("status extra");
    row("quarantine --bogus");
    row("simulate");
    row("simulate --output out --rate x");
    row("simulate --output out --rate 0");
    row("simulate --output out --devices 0");
    row("simulate --output out --devices 1.5");
    row("simulate --output out --late 1.5 --fast");
    row("simulate --output out --bad -0.1 --fast");
    row("simulate --output out --duration 3 --forever");
    row("simulate --output out --start 2024-01-01");
    row("simulate --output out --fast --start yesterday");
  }
  void wrongUsageIsTwoAndOneLine() {
    QFETCH(QStringList, arguments);
    const ProgramRun run = m_program.run(arguments);
    QCOMPARE(run.code, 2);
    QCOMPARE(run.out, "");
    QVERIFY2(run.err.startsWith("meteorograph: ") && run.err.count('\n') == 1 && run.err.endsWith('\n'),
             run.err);
    QVERIFY(!QDir(m_program.path("out")).exists());
    QVERIFY(!QDir(m_program.path("share")).exists());
  }

  void aStoreThatCannotBeReadIsThree_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("export") << QStringList{"export", "--layer", "silver"};
    QTest::newRow("chart") << QStringList{"chart", "--output", "picture.png"};
    QTest::newRow("status") << QStringList{"status"};
    QTest::newRow("status as JSON") << QStringList{"status", "--json"};
    QTest::newRow("quarantine") << QStringList{"quarantine"};
  }
  void aStoreThatCannotBeReadIsThree() {
    QFETCH(QStringList, arguments);
    m_program.write("foreign", "This is no database, and it is longer than a page's header would be. " +
                                   QByteArray(2000, 'x'));
    for (const char *store : {"absent/store", "foreign", "."}) {
      const ProgramRun run = m_program.run(arguments + QStringList{"--store", store});
      QCOMPARE(run.code, 3);
      QCOMPARE(run.out, "");
      QVERIFY2(run.err.startsWith("meteorograph: ") && run.err.count('\n') == 1, run.err);
    }
    QVERIFY(!QDir(m_program.path("absent")).exists());
    QVERIFY(!QFile::exists(m_program.path("picture.png")));
  }
};

METEOROGRAPH_TEST(tst_CommandLine)
#include "tst_CommandLine.moc"
