// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RecordParser.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <random>

using namespace meteorograph;
using Kind = Recognition::Kind;
Q_DECLARE_METATYPE(meteorograph::Recognition::Kind)

class tst_Recognition : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void recognises_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("final");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, const QByteArray &head, bool final, Kind kind) {
      QTest::newRow(name) << head << final << kind;
    };
    row("empty", "", false, Kind::Undecided);
    row("empty for good", "", true, Kind::Undecided);
    row("blank", " \r\n\n", true, Kind::Undecided);
    row("half a BOM", "\xEF\xBB", false, Kind::Undecided);
    row("object", "{", false, Kind::Json);
    row("object behind BOM and blanks", "\xEF\xBB\xBF \n {", false, Kind::Json);
    row("array", "[{", false, Kind::Json);
    row("array begun", "[ \n", false, Kind::Undecided);
    row("array of numbers", "[1", false, Kind::Json);
    row("a log that starts with a bracket", "[INFO] a,1\n[INFO] b,2\n", true, Kind::Delimited);
    row("titles before a table", "Garden\nMade by me\n\ntime;temp\n", false, Kind::Undecided);
    row("a table behind titles", "Garden\nMade by me\n\ntime;temp\n2020-01-01;1\n", false, Kind::Delimited);
    row("a header in a remark", "# time temp\n1700000000 1.5\n", false, Kind::Delimited);
    row("a log whose first line was cut", "re\":21}\n{\"a\":1}\n", false, Kind::Json);
    row("one line so far", "time,temp\n", false, Kind::Undecided);
    row("a line and a half", "time,temp\n2020", false, Kind::Undecided);
    row("two lines", "time,temp\n2020-01-01,1\n", false, Kind::Delimited);
    row("remarks do not count", "# a\n\ntime,temp\n", false, Kind::Undecided);
    row("only a header, for good", "time,temp\n", true, Kind::Delimited);
    row("latin-1",
        "Zeit;K\xFC"
        "che\n2020-01-01;1\n",
        false, Kind::Delimited);
    row("line protocol", "# x\nm,a=b c=1 1600000000\nm,a=b c=1i\n", false, Kind::LineProtocol);
    row("line protocol, cut", "b c=1 1600000000\nm,a=b c=1i\n", false, Kind::LineProtocol);
    row("a line of it so far", "m,a=b c=1 1600000000\nm,a=b c=1", false, Kind::Undecided);
    row("topics", "a/b 5\na/c {\"t\":5}\n", false, Kind::TopicPayload);
    row("a topic, for good", "1600000000 a/b 5", true, Kind::TopicPayload);
    row("topics with texts first", "a/b ON\na/b OFF\na/c 5\n", false, Kind::TopicPayload);
    row("a time, a topic, a number", "2020-01-01T00:00:01Z a/b 1\n2020-01-01T00:00:02Z a/c {\"t\":5}\n",
        false, Kind::TopicPayload);
    row("dates are no topics", "28/11/2017 5\n28/11/2017 6\n", false, Kind::Delimited);
    row("prose", "Dear reader\nthis is a letter\n", true, Kind::NotText);
    row("SQLite", QByteArray("SQLite format 3\0\x10\0", 18), false, Kind::NotText);
    row("PNG", QByteArray("\x89PNG\r\n\x1A\n\0\0", 10), false, Kind::NotText);
    row("UTF-16", QByteArray("\xFF\xFEt\0", 4), false, Kind::NotText);
    row("high bytes only", QByteArray(200, '\xFE') + "\n" + QByteArray(200, '\xFE') + "\n", false,
        Kind::NotText);
    row("a line without end", QByteArray(2 << 20, 'x'), false, Kind::NotText);
  }
  void recognises() {
    QFETCH(QByteArray, head);
    QFETCH(bool, final);
    QFETCH(Kind, kind);
    const Recognition found =
        recogniseFormat({head.constData(), static_cast<std::size_t>(head.size())}, final);
    QCOMPARE(found.kind, kind);
    QCOMPARE(found.reason.empty(), kind != Kind::NotText);
  }

  void refusesNoise() {
    std::mt19937 random(5);
    for (int i = 0; i < 200; ++i) {
      std::string noise(4096, '\0');
      for (char &c : noise)
        c = static_cast<char>(random());
      noise[0] = '\x7F';
      QCOMPARE(recogniseFormat(noise, true).kind, Kind::NotText);
    }
  }
};

METEOROGRAPH_TEST(tst_Recognition)
#include "tst_Recognition.moc"
