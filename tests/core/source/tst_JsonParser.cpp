// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;

namespace {

const std::string kGood = R"({"time":"2020-01-01T00:00:00Z","temperature":1})";

struct Counts {
  int accepted;
  int quarantined;
  int skipped;
};

void compareCounts(const Parsed &parsed, Counts expected) {
  QCOMPARE(parsed.counts.accepted, expected.accepted);
  QCOMPARE(parsed.counts.quarantined, expected.quarantined);
  QCOMPARE(parsed.counts.skipped, expected.skipped);
}

} // namespace

class tst_JsonParser : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void countsRecords_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("accepted");
    QTest::addColumn<int>("quarantined");
    QTest::addColumn<int>("skipped");
    const auto row = [](const char *name, const std::string &file, Counts counts) {
      QTest::newRow(name) << QByteArray::fromStdString(file) << counts.accepted << counts.quarantined
                          << counts.skipped;
    };
    const std::string &good = kGood;
    row("a line", good + "\n", {1, 0, 0});
    row("the last line without newline", good, {1, 0, 0});
    row("an incomplete line is held back", good + "\n" + good.substr(0, 20), {1, 0, 0});
    row("an incomplete array", "[" + good + "," + good, {2, 0, 0});
    row("without separators", good + good + good, {3, 0, 0});
    row("an empty array", "[\n]\n", {0, 0, 0});
    row("blank lines", "\n\n" + good + "\n \r\n" + good, {2, 0, 0});
    row("no time", R"({"temperature":1})", {0, 1, 0});
    row("empty object", "{}", {0, 1, 0});
    row("no value", R"({"time":"2020-01-01","name":"x"})", {0, 0, 1});
    row("null value", R"({"time":"2020-01-01","temperature":null})", {0, 0, 1});
    row("blank and NaN values", R"({"time":"2020-01-01","temperature":" ","humidity":"nan","x":"-Infinity"})",
        {0, 0, 1});
    row("null time", R"({"time":null,"temperature":1})", {0, 1, 0});
    row("elements that are no objects", "[1, \"two\", null, true, [3]]\n", {0, 5, 0});
    row("garbage is one record to its newline", "what {} is [this]\n" + good, {1, 1, 0});
    row("garbage behind a record", good + " x {}\n" + good, {2, 1, 0});
    row("garbage before a record's line", "\"open\n" + good, {1, 1, 0});
    row("error in a line",
        R"({"time":"2020-01-01","temperature":1,})"
        "\n" +
            good,
        {1, 1, 0});
    row("error in an array's element", "[" + good + R"(,{"time" "x"} ,)" + good + "]", {2, 1, 0});
    row("error without a balanced end", "[" + good + ",{\"time\":\"x ," + good + "\n" + good + "]",
        {2, 1, 0});
    row("leading zero",
        R"({"time":"2020-01-01","temperature":01})"
        "\n",
        {0, 1, 0});
    row("plus sign",
        R"({"time":"2020-01-01","temperature":+1})"
        "\n",
        {0, 1, 0});
    row("bare point",
        R"({"time":"2020-01-01","temperature":1.})"
        "\n",
        {0, 1, 0});
    row("NaN is no JSON",
        R"({"time":"2020-01-01","temperature":NaN})"
        "\n",
        {0, 1, 0});
    row("single quotes",
        R"({'time':'2020-01-01','temperature':1})"
        "\n",
        {0, 1, 0});
    row("error in an ignored object",
        R"({"time":"2020-01-01","t":1,"IoTHub":{"a":tru}})"
        "\n",
        {0, 1, 0});
    row("error in a nested array",
        R"({"time":"2020-01-01","t":1,"a":[1,,2]})"
        "\n",
        {0, 1, 0});
    row("bad escape",
        R"({"time":"2020-01-01","t":1,"a":"\x"})"
        "\n",
        {0, 1, 0});
    row("control character in a text", "{\"time\":\"2020-01-01\",\"t\":1,\"a\":\"\t\"}\n", {0, 1, 0});
    row("not UTF-8", "{\"time\":\"2020-01-01\",\"t\":1,\"a\":\"\xE9\"}\n" + good, {1, 1, 0});
    row("half a surrogate pair is JSON", R"({"time":"2020-01-01","t":1,"a":"\ud800"})", {1, 0, 0});
    row("a number beyond double is no value", R"({"time":"2020-01-01","t":1e999})", {0, 0, 1});
    row("64 levels",
        R"({"time":"2020-01-01","t":1,"a":)" + std::string(63, '[') + std::string(63, ']') + "}\n",
        {1, 0, 0});
    row("65 levels",
        R"({"time":"2020-01-01","t":1,"a":)" + std::string(64, '[') + std::string(64, ']') + "}\n",
        {0, 1, 0});
    row("a million levels", std::string("{\"a\":") + std::string(1'000'000, '[') + "\n" + good, {1, 1, 0});
    row("pretty, error goes to the next line", "{\n\"time\":\"2020-01-01\",\n\"t\":1\n\"h\":2}\n" + good,
        {1, 1, 0});
    row("pretty, next record surprises",
        "{\n  \"time\":\"2020-01-01\",\n  \"t\":1,\n{\n  \"time\":\"2020-01-01\",\n  \"t\":1\n}\n",
        {1, 1, 0});
    row("BOM", "\xEF\xBB\xBF" + good, {1, 0, 0});
    row("files one behind the other", good + "\n\xEF\xBB\xBF" + good, {2, 0, 0});
    row("key in key order changes", good + R"({"temperature":2,"time":"2020-01-01"})" + good, {3, 0, 0});
  }
  void countsRecords() {
    QFETCH(QByteArray, file);
    QFETCH(int, accepted);
    QFETCH(int, quarantined);
    QFETCH(int, skipped);
    const Parsed parsed = parseWhole(file.toStdString());
    compareCounts(parsed, {accepted, quarantined, skipped});
    QVERIFY(isAccounted(parsed));
    QCOMPARE(differenceWhenCut(file.toStdString().substr(0, 2000), 20), std::string());
  }

  void aTruncatedLineCostsOneRecordWhereverItIsCut() {
    const std::string line =
        R"({"deviceId":"a \\b\u0041","temperature":-2.5e1,"ok":true,"EventEnqueuedUtcTime":)"
        R"("2022-09-01T22:52:46.1260000Z","IoTHub":{"MessageId":null,"EnqueuedTime":"2022"}})";
    for (std::size_t cut = 1; cut < line.size(); ++cut) {
      const Parsed parsed = parseWhole(line + "\n" + line.substr(0, cut) + "\n" + line + "\n");
      QVERIFY2(parsed.counts.accepted == 2 && parsed.counts.quarantined == 1, line.substr(0, cut).c_str());
      QVERIFY(parsed.rows[1].find("|3|" + std::to_string(line.size() + cut + 2) + "|") != std::string::npos);
    }
  }

  void acceptsBlanksWhereverJsonDoes() {
    const std::string spaced = " { \"time\" \n:\r\n\t\"2020-01-01\" , \"x\":\n{ \"CO2\" : [ ] ,\n\"t\":1 } }";
    compareCounts(parseWhole(spaced), {1, 0, 0});
    QCOMPARE(differenceWhenCut(spaced + kGood, 30), std::string());
  }

  void quarantinesWithPlaceReasonAndText() {
    const Batch batch = batchOf(kGood + "\n\n  {\"time\":1,]\n");
    QCOMPARE(batch.rejects.size(), 1U);
    QCOMPARE(batch.rejects[0].line, 3);
    QCOMPARE(batch.rejects[0].offset, static_cast<std::int64_t>(kGood.size() + 4));
    QCOMPARE(batch.rejects[0].reason, std::string("not JSON"));
    QCOMPARE(batch.rejects[0].text, std::string("{\"time\":1,]"));
  }

  void prefersThePayloadsTimeAndDevice() {
    const std::string envelope =
        R"("EventEnqueuedUtcTime":"2022-09-01T00:00:02.1234567Z",)"
        R"("EventProcessedUtcTime":"2022-09-01T00:00:03Z",)"
        R"("IoTHub":{"ConnectionDeviceId":"hub","EnqueuedTime":"2022-09-01T00:00:01Z"}})";
    const Batch batch =
        batchOf(R"({"time":"2022-09-01T00:00:00","deviceId":"pi","t":1,)" + envelope + R"({"t":1,)" +
                envelope + R"({"t":1,"IoTHub":{"EnqueuedTime":"2022-09-01T00:00:01Z"}})" +
                R"({"t":1,"EventProcessedUtcTime":"2022-09-01T00:00:03Z"})");
    const TimeUs start = parseIsoTime("2022-09-01")->time_us;
    QCOMPARE(batch.rows.size(), 4U);
    QCOMPARE(batch.rows[0].event_time_us, start);
    QCOMPARE(batch.rows[0].received_time_us, start + 3 * kSecond);
    QCOMPARE(batch.rows[1].event_time_us, start + 2 * kSecond + 123'456);
    QCOMPARE(batch.rows[2].event_time_us, start + kSecond);
    QCOMPARE(batch.rows[2].received_time_us, start + kSecond);
    QCOMPARE(batch.rows[3].event_time_us, start + 3 * kSecond);
    QCOMPARE(batch.devices, (std::vector<std::string>{"pi", "hub", "default"}));
    QCOMPARE(batch.rows[0].rescued, -1); // the envelope is neither quantity nor rescued
    QCOMPARE(batch.quantities().size(), 1U);
  }

  void readsTheDeviceAsText() {
    const Batch batch = batchOf(
        R"({"ts":1600000000,"sensor_id":1093,"t":1}{"ts":1600000000,"device":"caf\u00e9 \ud83d\ude00","t":1})");
    QCOMPARE(batch.devices, (std::vector<std::string>{"1093", "café 😀"}));
  }

  void takesIntegerMessageIdsAndRescuesOthers() {
    const Batch batch =
        batchOf(R"({"ts":1600000000,"messageId":-12,"t":1}{"ts":1600000000,"messageId":"a-1","t":1})");
    QCOMPARE(batch.rows[0].message_id, -12);
    QCOMPARE(batch.rows[1].message_id, kNoMessageId);
    QCOMPARE(batch.rescued.at(0), std::string(R"({"messageId":"a-1"})"));
  }

  void rescuesWhatDoesNotFit() {
    const Batch batch =
        batchOf(R"({"ts":1600000000,"t":1,"note":"wet\tx","ok":true,"a":[1, {"b":2}],"n":null,)"
                R"("o":{"lat":1.5},"t":2,"note":"again","humidity":"damp"})");
    QCOMPARE(batch.rescued.at(0), R"({"note":"wet\tx","ok":true,"a":[1, {"b":2}],"o.lat":1.5,"t":2,)" +
                                      std::string("\"note (2)\":\"again\",\"humidity\":\"damp\"}"));
    QCOMPARE(valueOf(batch, 0, "temperature"), 1.0);
  }

  void namesQuantities() {
    const Batch batch =
        batchOf(R"({"ts":1600000000,"temp":1,"temperature":2,"hmdt":"3","CO2":4,"BME280":{"Gas":5},)"
                R"("n":{"x":{"soilTemp":6}}})");
    QCOMPARE(valueOf(batch, 0, "temperature"), 2.0);
    QCOMPARE(valueOf(batch, 0, "temp"), 1.0);
    QCOMPARE(valueOf(batch, 0, "humidity"), 3.0);
    QCOMPARE(valueOf(batch, 0, "co2"), 4.0);
    QCOMPARE(valueOf(batch, 0, "bme280_gas"), 5.0);
    QCOMPARE(valueOf(batch, 0, "n_x_soil_temp"), 6.0);
  }

  void guessesThePressuresUnitOnceAFile_data() {
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("second");
    QTest::addColumn<double>("second_hpa");
    QTest::newRow("Pa") << 98187.75 << 1013.0 << 10.13;
    QTest::newRow("kPa") << 101.3 << 1013.0 << 10130.0;
    QTest::newRow("inHg") << 29.92 << 30.0 << 30 * 33.8638866667;
    QTest::newRow("hPa") << 1013.0 << 98187.75 << 98187.75;
    QTest::newRow("the web simulator's") << 11.0 << 10.5 << 10.5;
  }
  void guessesThePressuresUnitOnceAFile() {
    QFETCH(double, first);
    QFETCH(double, second);
    QFETCH(double, second_hpa);
    const auto line = [](double p) { return "{\"ts\":1600000000,\"pressure\":" + std::to_string(p) + "}\n"; };
    const std::string file = line(first) + line(second);
    QCOMPARE(valueOf(batchOf(file), 1, "pressure"), second_hpa);
    QCOMPARE(differenceWhenCut(file, 20), std::string());
  }

  void readsTimesByMagnitude_data() {
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<qint64>("us");
    QTest::newRow("seconds") << QByteArray("1600000000") << qint64{1'600'000'000'000'000};
    QTest::newRow("seconds with fraction")
        << QByteArray("1600000000.1234567") << qint64{1'600'000'000'123'456};
    QTest::newRow("milliseconds") << QByteArray("1600000000123") << qint64{1'600'000'000'123'000};
    QTest::newRow("microseconds") << QByteArray("1600000000123456") << qint64{1'600'000'000'123'456};
    QTest::newRow("nanoseconds") << QByteArray("1600000000123456789") << qint64{1'600'000'000'123'456};
    QTest::newRow("exponent") << QByteArray("1.6e9") << qint64{1'600'000'000'000'000};
    QTest::newRow("as text") << QByteArray("\"1600000000\"") << qint64{1'600'000'000'000'000};
    QTest::newRow("zone") << QByteArray("\"2020-09-13T14:26:40+02:00\"") << qint64{1'600'000'000'000'000};
    QTest::newRow("space") << QByteArray("\"2020-09-13 12:26:40.5\"") << qint64{1'600'000'000'500'000};
  }
  void readsTimesByMagnitude() {
    QFETCH(QByteArray, time);
    QFETCH(qint64, us);
    const Batch batch = batchOf("{\"time\":" + time.toStdString() + ",\"t\":1}");
    QCOMPARE(batch.rows.size(), 1U);
    QCOMPARE(qint64{batch.rows[0].event_time_us}, us);
  }

  void saysWhichTimeItDidNotUnderstand_data() {
    QTest::addColumn<QByteArray>("time");
    for (const char *time :
         {"\"soon\"", "\"2020-13-01\"", "\"2020-01-01T25:00:00Z\"", "123", "20240131",
          "\"2020-01-01T00:00:00.Z\"", "\"2020-01-01T00:00:00Zx\"", "99999999999999999999"})
      QTest::newRow(time) << QByteArray(time);
  }
  void saysWhichTimeItDidNotUnderstand() {
    QFETCH(QByteArray, time);
    const Batch batch = batchOf("{\"time\":" + time.toStdString() + ",\"t\":1}");
    QCOMPARE(batch.rejects.size(), 1U);
    QCOMPARE(batch.rejects[0].reason, "time not understood: " + time.replace('"', "").toStdString());
  }

  void keepsAStoresWorthOfQuantities() {
    std::string record = "{\"ts\":1600000000";
    for (int i = 0; i < 500; ++i)
      record += ",\"value_" + std::to_string(i) + "\":" + std::to_string(i);
    const Batch batch = batchOf(record + "}");
    QCOMPARE(batch.quantities().size(), 400U);
    QVERIFY(batch.rescued.at(0).starts_with(R"({"value_400":400,)"));
    QCOMPARE(differenceWhenCut(record + "}" + record + ",\"other\":1}", 10), std::string());
  }

  void isNotQuadratic() {
    std::string file = "[";
    for (int i = 0; i < 100'000; ++i)
      file += R"({"time":1,,},7,{"a":[)";
    file += "\n";
    for (int i = 0; i < 100'000; ++i)
      file += "{\"a\":[\n";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(isAccounted(parseWhole(file + "x\n")));
    QVERIFY2(timer.elapsed() < 60'000, "a few hundred milliseconds when linear, minutes when not");
  }
};

METEOROGRAPH_TEST(tst_JsonParser)
#include "tst_JsonParser.moc"
