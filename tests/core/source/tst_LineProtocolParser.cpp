// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/LineProtocolLine.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;

namespace {

std::string deviceOf(const Batch &batch, std::size_t row) {
  return batch.devices[static_cast<std::size_t>(batch.rows.at(row).device)];
}

std::string rescuedOf(const Batch &batch, std::size_t row) {
  const std::int32_t index = batch.rows.at(row).rescued;
  return index < 0 ? std::string() : batch.rescued[static_cast<std::size_t>(index)];
}

/// measurement|tag=value|…|key:value|…|time
std::string describe(const LineProtocolLine &line) {
  std::string text(line.measurement);
  for (const LineProtocolLine::Tag &tag : line.tags)
    text += "|" + std::string(tag.key) + "=" + std::string(tag.value);
  for (const LineProtocolLine::Value &value : line.values)
    text += "|" + std::string(value.key) + ":" + std::string(value.value);
  return text + "|" + std::string(line.time);
}

} // namespace

class tst_LineProtocolParser : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void takesLinesApart_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("parts");
    const auto row = [](const char *line, const char *parts) {
      QTest::newRow(line) << QByteArray(line) << QByteArray(parts);
    };
    row("weather,location=us-midwest temperature=82,humidity=71i 1465839830100400200",
        "weather|location=us-midwest|temperature:82|humidity:71|1465839830100400200");
    row("weather temperature=82", "weather|temperature:82|");
    row("w\\ x,a\\,b=c\\ d,e\\=f=\\g a\\ b=1,c\\,d=2u,e\\=f=-1.5e-3",
        "w x|a,b=c d|e=f=\\g|a b:1|c,d:2|e=f:-1.5e-3|");
    row("m s=\"a, b = \\\"c\\\" \\\\ d\",b=T,c=false 1", "m|s:a, b = \"c\" \\ d|b:T|c:false|1");
    row("m a=.5,b=5.,c=+1,d=\"\"  -7 ", "m|a:.5|b:5.|c:+1|d:|-7");
    row("  m   a=1", "m|a:1|");
  }
  void takesLinesApart() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, parts);
    const std::string text = line.toStdString();
    LineProtocolLine taken;
    QVERIFY(taken.split(text));
    QCOMPARE(describe(taken), parts.toStdString());
  }

  void refusesWhatIsNone_data() {
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"",          "m",          "m a",      "m a=",       "m a=b",
                             "m,a a=1",   "m,a= a=1",   "m,=a a=1", "m =1",       "m a=1,",
                             "m a=1 b",   "m a=1 1.5",  "m a=1,b",  "m a=\"open", "m a=\"x\"y",
                             "m a=1 2 3", ",a=b c=1",   "m,a=b",    "m a=1i5",    "m a=1.5i",
                             "m a=.",     "m a=e5",     "m a=-",    "time,temp",  "2020-01-01 00:00:00,a=1",
                             "a=1 b=2",   "m a=1, b=2", "m a=0x5"})
      QTest::newRow(line) << QByteArray(line);
  }
  void refusesWhatIsNone() {
    QFETCH(QByteArray, line);
    const std::string text = line.toStdString();
    QVERIFY(!looksLikeLineProtocol(text));
  }

  void readsAFile() {
    const std::string file =
        "# an export\n"
        "weather,location=us-midwest,kind=a\\ b temperature=82,humidity=71i,ok=t 1465839830100400200\n"
        "\n"
        "weather,location=us-west temperature=20,note=\"so, so\" 1465839831000000000\r\n"
        "temperature,host=pi value=21.5 1465839832000000000\n"
        "air,floor=1,side=n co2=400i 1465839833000000000\n"
        "air co2=401i 1465839834000000000\n"
        "air,floor=1 co2=\n"
        "air,floor=1 note=\"x\" 1465839834000000000\n"
        "air,floor=1 co2=402\n";
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), 5U);
    QCOMPARE(batch.counts.skipped, 3); // a comment, a blank line, one without a number
    QCOMPARE(batch.rejects.size(), 2U);
    QCOMPARE(batch.rejects[0].reason, std::string("not line protocol"));
    QCOMPARE(batch.rejects[1].reason, std::string("no time"));
    QCOMPARE(formatIsoTime(batch.rows[0].event_time_us), std::string("2016-06-13T17:43:50.100400Z"));
    QCOMPARE(deviceOf(batch, 0), std::string("us-midwest"));
    QCOMPARE(deviceOf(batch, 2), std::string("pi"));
    QCOMPARE(deviceOf(batch, 3), std::string("1 n"));
    QCOMPARE(deviceOf(batch, 4), std::string("default"));
    QCOMPARE(valueOf(batch, 0, "humidity"), 71.0);
    QCOMPARE(valueOf(batch, 2, "temperature"), 21.5);
    QCOMPARE(valueOf(batch, 3, "co2"), 400.0);
    QCOMPARE(rescuedOf(batch, 0), std::string(R"({"kind":"a b","ok":true})"));
    QCOMPARE(rescuedOf(batch, 1), std::string(R"({"note":"so, so"})"));
    QCOMPARE(differenceWhenCut(file, 60), std::string());
    QVERIFY(isAccounted(parseWhole(file)));
  }

  void tellsThePrecisionByTheFirstTime_data() {
    QTest::addColumn<QByteArray>("times");
    QTest::addColumn<QByteArray>("second");
    const auto row = [](const char *times, const char *second) {
      QTest::newRow(times) << QByteArray(times) << QByteArray(second);
    };
    row("1465839830100400200 -9223372036854775808", "1677-09-21T00:12:43.145224Z"); // the least of all
    row("1600000000 1600000001", "2020-09-13T12:26:41.000000Z");
    row("1600000000123 1600000001123", "2020-09-13T12:26:41.123000Z");
    row("1600000000123456 1600000001123456", "2020-09-13T12:26:41.123456Z");
    row("1600000000123456789 1600000001123456789", "2020-09-13T12:26:41.123456Z");
    row("1600000000123456789 1000", "1970-01-01T00:00:00.000001Z"); // magnitudes do not mix
  }
  void tellsThePrecisionByTheFirstTime() {
    QFETCH(QByteArray, times);
    QFETCH(QByteArray, second);
    const QByteArrayList both = times.split(' ');
    const std::string file = "m t=1 " + both[0].toStdString() + "\nm t=2 " + both[1].toStdString() + "\n";
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), 2U);
    QCOMPARE(formatIsoTime(batch.rows[1].event_time_us), second.toStdString());
    QCOMPARE(differenceWhenCut(file, 20), std::string());
  }

  void namesWhatAnEntityMeasures() {
    const Batch batch =
        batchOf("°C,domain=sensor,entity_id=attic_temperature value=21.5 1465839832000000000\n"
                "%,domain=sensor,entity_id=attic_humidity value=40 1465839832000000000\n");
    QCOMPARE(batch.rows.size(), 2U);
    QCOMPARE(deviceOf(batch, 0), std::string("attic_temperature"));
    QVERIFY(valueOf(batch, 0, "temperature") == 21.5 || valueOf(batch, 0, "attic_temperature") == 21.5);
  }
};

METEOROGRAPH_TEST(tst_LineProtocolParser)
#include "tst_LineProtocolParser.moc"
