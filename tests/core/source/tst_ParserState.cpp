// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

/// What a checkpoint says of a parser comes from a store, which may come from anybody: a file is read on from
/// there, or from its start.
class tst_ParserState : public QObject {
  Q_OBJECT

  static QByteArray table(const char *members, const char *told = "0") {
    return QByteArray(
               "{\"behind_header\":true,\"format\":\"delimited\",\"layout\":{\"columns\":[[\"time\",\"\",") +
           told +
           "],[\"temp\",\"\",0]],\"day_numbers\":false,\"decimal\":\".\",\"delimiter\":\";\",\"device\":\"\","
           "\"first_line\":1,\"header\":\"\",\"header_in_comment\":false,\"repeats\":[],\"row_numbers\":"
           "false,"
           "\"skip_lines\":0,\"zone\":\"Europe/Berlin\"},\"quantities\":[]" +
           members + "}";
  }

private Q_SLOTS:
  void isReadOnOrRefused_data() {
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<int>("readings"); // -1: refused
    const QByteArray lines = "2023-10-29 02:30:00;1\n2023-10-29 02:10:00;2\n";
    const auto row = [](const char *name, const QByteArray &state, const QByteArray &rest, int readings) {
      QTest::newRow(name) << state << rest << readings;
    };
    row("as it is", table(""), lines, 2);
    row("nothing", "", lines, -1);
    row("no object", "[]", lines, -1);
    row("no format that there is", R"({"format":"xml"})", lines, -1);
    row("no delimiter", table("").replace("\"delimiter\":\";\"", "\"delimiter\":\"\""), lines, -1);
    row("another type", table("").replace("\"skip_lines\":0", "\"skip_lines\":\"a\""), lines, -1);
    row("an order of dates below the first",
        table(",\"dates\":[1,-1,0,0,false,false,0,0,0],\"date_order\":[-1,0,true]"), lines, 2);
    row("a column told by nothing", table("", "-1"), lines, 2);
    row("a clock at the end of numbers",
        table(",\"clock\":[9223372036854775807,-9223372036854775807,9223372036854775807,0,"
              "-9223372036854775807,true]"),
        lines, 2);
    row("a precision that there is not", R"({"format":"line_protocol","per_second":2000000,"quantities":[]})",
        "m t=1 9223372036854775807\n", 1);
  }
  void isReadOnOrRefused() {
    QFETCH(QByteArray, state);
    QFETCH(QByteArray, rest);
    QFETCH(int, readings);
    const std::optional<Parsed> parsed = parseFrom(state.toStdString(), rest.toStdString());
    QCOMPARE(parsed ? static_cast<int>(parsed->rows.size()) : -1, readings);
    if (parsed)
      QVERIFY(isAccounted(*parsed) && parseFrom(parsed->state, rest.toStdString()));
  }
};

METEOROGRAPH_TEST(tst_ParserState)
#include "tst_ParserState.moc"
