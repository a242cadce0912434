// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <algorithm>

/// What files and names hold goes to a terminal that people look at.
class tst_HostileText : public QObject {
  Q_OBJECT

  Program m_program;

  static bool disturbs(const QByteArray &text) {
    return std::any_of(
               text.begin(), text.end(),
               [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f; }) ||
           text.contains("\xc2\x9b") || text.contains("\xe2\x80\xae") || text.contains('\xff');
  }

private Q_SLOTS:
  void initTestCase() {
    const QByteArray device = "\\u001b[31mred\\u0007\\u009b\\u202e";
    m_program.write(QStringLiteral("data/na\nme\x1b[2J.json"),
                    "{\"deviceId\":\"" + device +
                        "\",\"time\":\"2024-01-01T00:00:00Z\",\"temperature\":1}\n"
                        "{\"bad\x1b]0;title\x07\n");
    QCOMPARE(
        m_program.shell(R"(printf x > "data/$(printf '\377\376').json"; $M ingest --store store data)").code,
        1);
  }

  void steersNoTerminal_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("status") << QStringList{"status", "--store", "store"};
    QTest::newRow("quarantine") << QStringList{"quarantine", "--store", "store"};
    QTest::newRow("again") << QStringList{"ingest", "--store", "store", "data"};
    QTest::newRow("unknown device") << QStringList{"export", "--store",  "store",   "--layer",
                                                   "silver", "--device", "\x1b[31m"};
    QTest::newRow("unknown store") << QStringList{"status", "--store", "\x1b[31m"};
    QTest::newRow("unknown word") << QStringList{"\x1b[31m"};
    QTest::newRow("wrong option") << QStringList{"status", "--\x1b[31m"};
  }
  void steersNoTerminal() {
    QFETCH(QStringList, arguments);
    const ProgramRun run = m_program.run(arguments);
    QVERIFY(run.code >= 0);
    QVERIFY2(!disturbs(run.out), run.out.constData());
    QVERIFY2(!disturbs(run.err), run.err.constData());
  }

  void namesStayOnOneLine() {
    const ProgramRun run = m_program.run({"quarantine", "--store", "store"});
    QVERIFY(run.out.contains("na\\nme.[2J.json:2"));
    QVERIFY(m_program.run({"status", "--store", "store"}).out.contains("\\xff\\xfe.json"));
  }
};

METEOROGRAPH_TEST(tst_HostileText)
#include "tst_HostileText.moc"
