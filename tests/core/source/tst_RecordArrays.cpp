// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;

namespace {

const std::string kChannel =
    R"({"channel":{"id":9,"name":"House }{","latitude":"40.4","field1":"Temperature","field2":"Light",)"
    R"("field3":"Temperature","created_at":"2010-12-14T01:20:06Z","last_entry_id":3},"feeds":)";
const std::string kFeeds =
    R"([{"created_at":"2024-02-07T18:18:25Z","entry_id":1,"field1":"21.5","field2":"100","field3":"5"},)"
    R"({"created_at":"2024-02-07T18:18:40Z","entry_id":2,"field1":null,"field2":"101","field3":null},)"
    R"({"created_at":"2024-02-07T18:18:55Z","entry_id":3,"field1":"22.5","field2":null,"field3":"6"}])";

std::string deviceOf(const Batch &batch, std::size_t row) {
  return batch.devices[static_cast<std::size_t>(batch.rows.at(row).device)];
}

} // namespace

class tst_RecordArrays : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void namesAChannelsFields() {
    const std::string file = kChannel + kFeeds + "}";
    const Batch batch = batchOf(file);
    QCOMPARE(batch.counts.records, 3);
    QCOMPARE(batch.rows.size(), 3U);
    QCOMPARE(valueOf(batch, 0, "temperature"), 21.5);
    QCOMPARE(valueOf(batch, 0, "light"), 100.0);
    QCOMPARE(valueOf(batch, 2, "temperature_field3"), 6.0);
    QCOMPARE(batch.quantities().size(), 3U);
    QCOMPARE(batch.rows[1].message_id, 2);
    QCOMPARE(batch.rows[0].rescued, -1);
    QCOMPARE(formatIsoTime(batch.rows[0].event_time_us), std::string("2024-02-07T18:18:25.000000Z"));
    QCOMPARE(batch.rows[0].offset, static_cast<std::int64_t>(kChannel.size() + 1));
  }

  void countsRecords_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("accepted");
    QTest::addColumn<int>("quarantined");
    QTest::addColumn<QByteArray>("devices");
    const auto row = [](const char *name, const std::string &file, int accepted, int quarantined,
                        const char *devices) {
      QTest::newRow(name) << QByteArray::fromStdString(file) << accepted << quarantined
                          << QByteArray(devices);
    };
    const std::string a = R"({"ts":1600000000,"temperature":1})";
    const std::string b = R"({"ts":1600000001,"temperature":2})";
    const std::string own = R"({"ts":1600000002,"temperature":3,"deviceId":"own"})";
    const std::string head = R"({"deviceId":"x","readings":[)";
    row("outer device", head + a + "," + own + "," + b + "]}", 3, 0, "x own x");
    row("an object a line", head + a + "]}\n" + R"({"deviceId":"y","readings":[)" + b + "]}\n" + a, 3, 0,
        "x y default");
    row("objects in an array", "[" + head + a + "]}," + a + ",{\"deviceId\":\"y\",\"data\":[" + b + "]}]", 3,
        0, "x default y");
    row("unfinished", head + a + "," + b, 2, 0, "x x");
    row("unfinished behind a comma", head + a + "," + b + ",\n", 2, 0, "x x");
    row("nothing behind the first", head + a, 1, 0, "x");
    row("nested below a key", R"({"ok":true,"result":{"device":"x","data":[)" + a + "]},\"n\":[1,{}]}" + b, 2,
        0, "x default");
    row("arrays in arrays",
        R"({"site":"s","devices":[{"deviceId":"x","values":[)" + a + "," + b +
            R"(]},{"deviceId":"y","values":[)" + a + "]}],\"end\":{}}\n" + a,
        4, 0, "x x y default");
    row("the outer time", R"({"ts":1600000000,"sensors":[{"device":"a","co2":1},{"device":"b","co2":2}]})", 2,
        0, "a b");
    row("a bad one", head + a + ",{\"ts\":oops}," + b + "]}\n" + a, 3, 1, "x x default");
    row("a bad one to the line's end", head + a + ",{\"ts\":\"oops\n" + a, 2, 1, "x default");
    row("an element that is none", head + a + ",5," + b + "]}\n", 2, 1, "x x");
    row("arrays between", head + a + ",[[]]," + b + "]}\n" + a, 3, 0, "x x default");
    row("cut in the array", head + a + "\n" + head + b + "]}\n" + a, 3, 0, "x x default");
    row("cut behind the array", head + a + "],\"n\":1\n" + head + b + "]}\n" + a, 3, 0, "x x default");
    row("cut behind it and a comma", head + a + "],\"n\":1,\n" + a, 2, 0, "x default");
    row("cut in a text behind it", head + a + "],\"n\":\"wo\n" + a, 2, 0, "x default");
    row("texts behind the array", head + a + "],\"n\":\"} \\\"{\",\"m\":[{\"o\":\"]\"}]}\n" + a, 2, 0,
        "x default");
    row("pretty",
        "{\n \"device\" : \"x\",\n \"rows\" : [\n  " + a + ",\n  " + b + "\n ],\n \"n\": 2\n}\n" + a, 3, 0,
        "x x default");
    row("a record with a list of times", R"({"ts":1600000000,"t":1,"device":"d","history":[)" + a + "]}", 1,
        0, "d");
    row("a record with gateways", R"({"ts":1600000000,"co2":1,"rxInfo":[{"time":"2020-01-01","rssi":2}]})", 1,
        0, "default");
    row("events without values", R"({"ts":1600000000,"co2":1,"log":[{"time":"2020-01-01","text":"up"}]})", 1,
        0, "default");
    row("events first", head + R"({"ts":1600000000,"state":"unavailable"},)" + a + "]}", 1, 0, "x");
    row("an empty array first",
        R"({"devices":[{"deviceId":"x","values":[]},{"deviceId":"y","values":[)" + a + "]}]}", 1, 1, "y");
    row("scalars first", R"({"deviceId":"x","readings":[5,)" + a + "]}", 1, 1, "x");
    row("records are too short", head + R"({"ts":1600000000,"temperature":1}]})", 1, 0, "x");
  }
  void countsRecords() {
    QFETCH(QByteArray, file);
    QFETCH(int, accepted);
    QFETCH(int, quarantined);
    QFETCH(QByteArray, devices);
    const Batch batch = batchOf(file.toStdString());
    QCOMPARE(batch.counts.accepted, accepted);
    QCOMPARE(batch.counts.quarantined, quarantined);
    QByteArrayList all;
    for (std::size_t row = 0; row < batch.rows.size(); ++row)
      all.append(QByteArray::fromStdString(deviceOf(batch, row)));
    QCOMPARE(all.join(' '), devices);
    QVERIFY(isAccounted(parseWhole(file.toStdString())));
    QCOMPARE(differenceWhenCut(file.toStdString(), 60), std::string());
    const Parsed bytes = parseInChunks(
        file.toStdString(), [](std::size_t) { return 1; }, [] { return true; });
    QVERIFY(bytes == parseWhole(file.toStdString()));
  }

  void takesRecordsWhileTheArrayGrows() {
    const std::string file = kChannel + kFeeds.substr(0, kFeeds.rfind("\"22"));
    const Parsed parsed = parseWhole(file);
    QCOMPARE(parsed.counts.accepted, 2);
    QCOMPARE(parsed.consumed, kChannel.size() + kFeeds.find("{\"created_at\":\"2024-02-07T18:18:55Z"));
  }

  void keepsNothingOfALongArray() {
    std::string file = kChannel + "[";
    for (int i = 0; i < 20'000; ++i)
      file += (i == 0 ? "{\"created_at\":" : ",{\"created_at\":") + std::to_string(1'600'000'000 + i) +
              ",\"field1\":" + std::to_string(i) + "}";
    file += "]}";
    const Parsed whole = parseWhole(file);
    QCOMPARE(whole.counts.accepted, 20'000);
    const Parsed cut = parseInChunks(
        file, [](std::size_t) { return 4096; }, [] { return true; });
    QVERIFY(cut == whole);
  }

  void readsTheArrayThatTheMappingNames() {
    const std::string a = R"({"t":1,"when":"2020-01-01"})";
    const std::string file = R"({"other":[{"time":"2020-01-01","t":5}],"x":{"rows":[)" + a + "," + a + "]}}";
    FileContext context{"/data/file", "default", {}};
    context.mapping.records = "x.rows";
    const auto parser = makeParser(Recognition::Kind::Json, context);
    Batch batch;
    const std::string padded = file + std::string(kChunkPadding, ' ');
    parser->parse({std::string_view(padded).substr(0, file.size()), 0, 1, true}, batch);
    QCOMPARE(batch.counts.records, 2);
    QCOMPARE(parser->description(), std::string("JSON, records in x.rows"));
  }
};

METEOROGRAPH_TEST(tst_RecordArrays)
#include "tst_RecordArrays.moc"
