// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;

class tst_DelimitedParser : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void countsRecords_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("accepted");
    QTest::addColumn<int>("quarantined");
    QTest::addColumn<int>("skipped");
    const auto row = [](const char *name, const char *file, int accepted, int quarantined, int skipped) {
      QTest::newRow(name) << QByteArray(file) << accepted << quarantined << skipped;
    };
    row("header and a row", "time,temp\n2020-01-01,1\n", 1, 0, 1);
    row("the last line without newline", "time,temp\n2020-01-01,1\n2020-01-02,2", 2, 0, 1);
    row("only a header", "time,temp\n", 0, 0, 1);
    row("semicolon", "time;temp\n2020-01-01;1\n", 1, 0, 1);
    row("tab", "time\ttemp\n2020-01-01\t1\n", 1, 0, 1);
    row("bar", "time|temp\n2020-01-01|1\n", 1, 0, 1);
    row("CRLF", "time,temp\r\n2020-01-01,1\r\n", 1, 0, 1);
    row("blank lines and remarks", "# made by x\n\ntime,temp\n\r\n2020-01-01,1\n  # end\n", 1, 0, 5);
    row("the header comes again", "time,temp\n2020-01-01,1\ntime,temp\n2020-01-02,1\n", 2, 0, 2);
    row("fewer values", "time,temp,hum\n2020-01-01,1\n", 1, 0, 1);
    row("no value", "time,temp\n2020-01-01,\n2020-01-01,nan\n2020-01-01, NaN \n", 0, 0, 4);
    row("a row of nothing", "time,temp\n2020-01-01,1\n,\n", 1, 0, 2);
    row("too many values", "time,temp\n2020-01-01,1\n2020-01-01,1,2,3\n", 1, 1, 1);
    row("blank values too many", "time,temp\n2020-01-01,1,\n2020-01-01,1,, ,\n", 2, 0, 1);
    row("an open quote", "time,temp\n2020-01-01,1\n2020-01-01,\"1\n2020-01-02,2\n", 2, 1, 1);
    row("no time in a row", "time,temp\n2020-01-01,1\n,2\n", 1, 1, 1);
    row("a time that is none", "time,temp\n2020-01-01,1\nyesterday,2\n", 1, 1, 1);
    row("a table without time", "a,b\n1,2\n3,4\n", 0, 2, 1);
    row("numbers alone", "1,2\n3,4\n", 0, 2, 0);
    row("no header", "2020-01-01T00:00:00Z,1.5\n2020-01-01T00:00:01Z,1.5\n", 2, 0, 0);
    row("no header, one line", "2020-01-01T00:00:00Z,1.5", 1, 0, 0);
    row("BOM", "\xEF\xBB\xBFtime,temp\n2020-01-01,1\n", 1, 0, 1);
  }
  void countsRecords() {
    QFETCH(QByteArray, file);
    QFETCH(int, accepted);
    QFETCH(int, quarantined);
    QFETCH(int, skipped);
    const Parsed parsed = parseWhole(file.toStdString());
    QCOMPARE(parsed.counts.accepted, accepted);
    QCOMPARE(parsed.counts.quarantined, quarantined);
    QCOMPARE(parsed.counts.skipped, skipped);
    QVERIFY(isAccounted(parsed));
    QCOMPARE(parsed.consumed, static_cast<std::size_t>(file.size()));
    QCOMPARE(differenceWhenCut(file.toStdString(), 50), std::string());
  }

  void holdsBackAnUnterminatedLine() {
    const std::string file = "time,temp\n2020-01-01,1\n2020-01-02,2";
    std::string padded = file + std::string(kChunkPadding, ' ');
    Batch batch;
    const auto parser = makeParser(Recognition::Kind::Delimited, {});
    const Consumed consumed =
        parser->parse({std::string_view(padded).substr(0, file.size()), 0, 1, false}, batch);
    QCOMPARE(consumed.bytes, 23U);
    QCOMPARE(consumed.lines, 2);
    QCOMPARE(batch.rows.size(), 1U);
  }

  void readsQuotedValues() {
    const Batch batch = batchOf(
        "\"time\",\"room\",\"temp\"\n\"2020-01-01\", \"a \"\"b\"\", c\" ,\"  1.5\"\n2020-01-01,x\"y,2\n");
    QCOMPARE(batch.devices, (std::vector<std::string>{"a \"b\", c", "x\"y"}));
    QCOMPARE(valueOf(batch, 0, "temperature"), 1.5);
  }

  void readsRowNumbersAsRWritesThem() {
    const Batch batch =
        batchOf("\"date\",\"Temperature\",\"CO2\"\n\"140\",\"2015-02-02 14:19:00\",23.7,749.2\n");
    QCOMPARE(batch.rows.at(0).message_id, 140);
    QCOMPARE(batch.rows[0].event_time_us, parseIsoTime("2015-02-02T14:19:00")->time_us);
    QCOMPARE(valueOf(batch, 0, "co2"), 749.2);
    QCOMPARE(batch.quantities().size(), 2U);
  }

  void readsAnUnnamedFirstColumnAsRowNumber() {
    const Batch batch = batchOf(",time,temp\n7,2020-01-01,1\n");
    QCOMPARE(batch.rows.at(0).message_id, 7);
    QCOMPARE(batch.rescued.size(), 0U);
  }

  void namesColumnsWithoutHeader() {
    const Batch batch = batchOf("1, 1458117704955, 20.68\n2, 1458117705189, 20.76\n");
    QCOMPARE(batch.rows.size(), 2U);
    QCOMPARE(batch.rows[0].event_time_us, TimeUs{1'458'117'704'955'000});
    QCOMPARE(valueOf(batch, 1, "column_3"), 20.76);
  }

  void takesUnitsFromTheHeader() {
    const Batch batch = batchOf("time;Temp (°F);RH [%];p (mbar);Tdew (degC);Indoor Temperature(℉);Outdoor "
                                "Pressure(kPa);CO(GT);CO2 (ppm)\n"
                                "2020-01-01;50;60;1013;1;212;101;5;400\n");
    QCOMPARE(valueOf(batch, 0, "temperature"), 10.0);
    QCOMPARE(valueOf(batch, 0, "humidity"), 60.0);
    QCOMPARE(valueOf(batch, 0, "pressure"), 1013.0);
    QCOMPARE(valueOf(batch, 0, "tdew"), 1.0);
    QCOMPARE(valueOf(batch, 0, "indoor_temperature"), 100.0);
    QCOMPARE(valueOf(batch, 0, "outdoor_pressure"), 1010.0);
    QCOMPARE(valueOf(batch, 0, "co_gt"), 5.0);
    QVERIFY(std::find(batch.quantities().begin(), batch.quantities().end(), QuantityKey{"co2", "ppm"}) !=
            batch.quantities().end());
  }

  void rescuesTextAndPositions() {
    const Batch batch =
        batchOf("time,temp,lat,note,window_open\n2020-01-01,1,48.7,\"say \"\"hi\"\"\",False\n");
    QCOMPARE(batch.rescued.at(0),
             std::string("{\"lat\":\"48.7\",\"note\":\"say \\\"hi\\\"\",\"window_open\":\"False\"}"));
  }

  void readsWindows1252() {
    const Batch batch = batchOf("time;temp;Stra\xDF"
                                "e\n2020-01-01;1;K\xFC"
                                "che \x80\n");
    QCOMPARE(batch.rescued.at(0), std::string("{\"Straße\":\"Küche €\"}"));
  }

  void keepsColumnsOfOneNameApart() {
    const Batch batch = batchOf("time,temp,temp,x,x\n2020-01-01,1,2,3,4\n");
    QCOMPARE(valueOf(batch, 0, "temperature"), 1.0);
    QCOMPARE(valueOf(batch, 0, "temp_2"), 2.0);
    QCOMPARE(valueOf(batch, 0, "x"), 3.0);
    QCOMPARE(valueOf(batch, 0, "x_2"), 4.0);
  }

  void joinsDateAndTimeOfDay() {
    const Batch batch = batchOf("date,time,temp\n2020-01-02,07:30,1\n");
    QCOMPARE(batch.rows.at(0).event_time_us, parseIsoTime("2020-01-02T07:30")->time_us);
  }

  void tellsWhereARecordStands() {
    const Batch batch = batchOf("\xEF\xBB\xBF# x\r\ntime,temp\r\n\r\n2020-01-01,1\r\nnever,1\r\n");
    QCOMPARE(batch.rows.at(0).line, 4);
    QCOMPARE(batch.rows[0].offset, 21);
    QCOMPARE(batch.rejects.at(0).line, 5);
    QCOMPARE(batch.rejects[0].offset, 35);
    QCOMPARE(batch.rejects[0].text, std::string("never,1"));
  }

  void describesItself() {
    const std::string file = "time;temp\n2020-01-01;1\n" + std::string(kChunkPadding, ' ');
    Batch batch;
    const auto parser = makeParser(Recognition::Kind::Delimited, {});
    parser->parse({std::string_view(file).substr(0, 23), 0, 1, false}, batch);
    QCOMPARE(parser->description(), std::string("CSV, separated by ';', 2 columns"));
  }

  void refusesForeignState() {
    for (const char *state : {"", "nonsense", "{}", R"({"format":"delimited"})",
                              R"({"format":"delimited","quantities":[],"layout":3})"})
      QVERIFY2(resumeParser(state, {}) == nullptr, state);
  }
};

METEOROGRAPH_TEST(tst_DelimitedParser)
#include "tst_DelimitedParser.moc"
