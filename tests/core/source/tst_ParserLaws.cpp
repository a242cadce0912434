// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <random>

using namespace meteorograph;

namespace {

const char kRecord[] =
    R"({"messageId":7,"deviceId":"Raspberry Pi \"W\" é","temperature":26.25,"humidity":71.4,)"
    R"("EventProcessedUtcTime":"2022-09-01T22:53:58.2421545Z","PartitionId":1,)"
    R"("EventEnqueuedUtcTime":"2022-09-01T22:52:46.1260000Z","IoTHub":{"MessageId":null,)"
    R"("ConnectionDeviceId":"rpi","EnqueuedTime":"2022-09-01T22:52:46.0000000Z"}})";

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

/// One file for every shape that we read, with what is wrong in such files.
std::vector<std::pair<const char *, std::string>> shapes() {
  const std::string record = kRecord;
  const std::string pretty =
      "{\n  \"time\": \"2020-01-01T00:00:00Z\",\n  \"t\": 1,\n  \"n\": {\n    \"CO2\": 4e2\n  }\n}";
  return {
      {"ndjson", repeated(record + "\n", 5)},
      {"ndjson crlf bom", "\xEF\xBB\xBF" + repeated(record + "\r\n\r\n", 4)},
      {"array on a line", "[" + record + "," + record + " , " + record + "]"},
      {"array unfinished", "[" + record + ",\n" + record + ",\n" + record},
      {"concatenated", repeated(record, 4)},
      {"pretty array", "[\n" + repeated(pretty + ",\n", 4) + pretty + "\n]\n"},
      {"pretty with errors", pretty + "\n{\n  \"time\": oops,\n  \"t\": 2\n}\n" + pretty +
                                 "\n{\n  \"t\": 1,\n" + pretty + "\n" + pretty},
      {"truncated lines", record + "\n" + record.substr(0, 90) + "\n" + record + "\n" +
                              record.substr(0, 160) + "\n" + record + "\n{\"a\":\n" + record + "\n" + record},
      {"bad in one line",
       "[" + record + R"(,{"time":"2020-01-01","t":1,,},{"time":"2020-01-02","t":2},{]} ,)" + record + "]"},
      {"garbage",
       "{}\nhello {\"t\":1}\n" + record + "\n12, \"a\" , null\ntrue]\n\"open\n-\n1.\n" + record + "\nlast"},
      {"nested and twice",
       R"({"time":1600000000,"a":[1,{"b":2}],"t":1,"t":2,"x":{"y":{"z":"text"}},"temp":3})"
       "\n" +
           repeated("{\"a\":", 70) + "1" + repeated("}", 70) + "\n"},
      {"pressure guessed", "{\"ts\":1600000000,\"pressure\":null}\n{\"ts\":1600000001,\"pressure\":101325}\n"
                           "{\"ts\":1600000002,\"pressure\":1013}\n"},
      {"routed to storage",
       repeated(R"({"EnqueuedTimeUtc":"2019-05-10T06:06:32Z","SystemProperties":{"connectionDeviceId":"d"},)"
                R"("Body":"eyJ0ZW1wZXJhdHVyZSI6MjkuMiwibm90ZSI6IndldCJ9"})"
                "\n{\"ts\":1600000000,\"payload\":\"{\\\"t\\\":1,\\\"s\\\":\\\"\\\\u00e9\\\"}\"}\n",
                3)},
      {"records in feeds",
       repeated(R"({"channel":{"id":9,"field1":"Temperature","name":"a"},"feeds":[{"created_at":1600000000,)"
                R"("field1":"1"},{"created_at":1600000001,"field1":null},{"created_at":1600000002,"field1":)"
                R"("3"}],"end":{"a":[{"b":1}]}})"
                "\n",
                3)},
      {"records in arrays in arrays",
       "[" +
           repeated("{\"devices\":[\n {\"deviceId\":\"x\",\"data\":[\n  {\"ts\":1600000000,\"t\":1},\n"
                    "  {\"ts\":1600000001,\"t\":2}\n ]},\n {\"deviceId\":\"y\",\"data\":[]}\n]},\n",
                    3) +
           "]"},
      {"names and values",
       repeated(R"({"timestamp":"2020-01-15 16:02:10","sensor":{"id":7},"sensordatavalues":[{"value_type":)"
                R"("temperature","value":"1"},{"value_type":"P1","value":2}]})",
                4)},
      {"line protocol",
       "# x\n" + repeated("weather,location=us\\ midwest,floor=1 temperature=82,n=\"a \\\"b\\\"\" "
                          "1465839830100400200\r\n"
                          "temp,host=\xC3\xA9 value=7i,ok=true 1465839830100400201\n\nair co2=5\n",
                          3)},
      {"topics", repeated("1591005600.5 tele/attic/SENSOR {\"BME280\":{\"Temperature\":21.5,\"n\":\"x\"}}\n"
                          "2020-06-01 10:00:00 a/b c/temperature 5\r\nzigbee2mqtt/x y "
                          "{\"ts\":1600000000,\"t\":1}\n\na/b ON\n",
                          3)},
      {"csv",
       "time,room,temp,CO2\r\n2020-01-01 00:00:00,a,1.5,400\r\n\r\n# a remark\r\n2020-01-01 00:00:01,\"b, "
       "\"\"c\"\"\","
       ",text\r\n2020-01-01 00:00:02,a,,\r\nnever,a,1,2\r\n1,2,3,4,5,6\r\n\"open,1\r\ntime,room,temp,CO2\r\n"
       "2020-01-01 00:00:03,é,1"},
      {"csv bom", "\xEF\xBB\xBF\n\"time\";\"Temp (°F)\";\"p (mbar)\"\n\"1600000000\";\"50\";1013\n"},
      {"csv row numbers",
       "\"date\",\"Temperature\"\n\"1\",2015-02-11 14:48:00,21.76\n\"2\",2015-02-11 14:49:00,21.79\n3\n"},
      {"csv without header", "1, 1458117704955, 20.68, 874.0\n2, 1458117705189, 20.76, 703.8\n"},
      {"csv latin-1", "time;Au\xDF"
                      "entemperatur (\xB0"
                      "C);Ort\n2020-01-01T00:00:00;1.5;K\xFC"
                      "che\n"
                      "time;Au\xDF"
                      "entemperatur (\xB0"
                      "C);Ort\n2020-01-01T00:00:01;1.5;K\xFC"
                      "che\n"},
      {"csv pressure", "time,pressure\n2020-01-01,\n2020-01-02,29.92\n2020-01-03,1013\n"},
      {"nothing", ""},
      {"blank", "\n \r\n\n"},
  };
}

void addShapes() {
  QTest::addColumn<QByteArray>("file");
  for (const auto &[name, file] : shapes())
    QTest::newRow(name) << QByteArray::fromStdString(file);
}

/// Damages like a failing disk: cut, bytes changed, a hole of NULs, a piece repeated.
std::string damaged(std::string file, std::mt19937 &random) {
  if (file.empty())
    return file;
  const auto somewhere = [&] { return random() % file.size(); };
  switch (random() % 4) {
  case 0:
    file.resize(somewhere());
    break;
  case 1:
    for (unsigned i = 0; i <= random() % 4; ++i)
      file[somewhere()] = static_cast<char>(random());
    break;
  case 2:
    file.replace(somewhere(), random() % 20, std::string(random() % 20, '\0'));
    break;
  default:
    file.insert(somewhere(), file.substr(somewhere(), random() % 200));
  }
  return file;
}

} // namespace

class tst_ParserLaws : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void givesTheSameHoweverItIsCut_data() { addShapes(); }
  void givesTheSameHoweverItIsCut() {
    QFETCH(QByteArray, file);
    QCOMPARE(differenceWhenCut(file.toStdString(), 300), std::string());
  }

  void givesTheSameByteForByte_data() { addShapes(); }
  void givesTheSameByteForByte() {
    QFETCH(QByteArray, file);
    const std::string text = file.toStdString();
    const Parsed cut = parseInChunks(
        text, [](std::size_t) { return 1; }, [] { return true; });
    QVERIFY(cut == parseWhole(text));
  }

  void accountsForEveryRecord_data() { addShapes(); }
  void accountsForEveryRecord() {
    QFETCH(QByteArray, file);
    QVERIFY(isAccounted(parseWhole(file.toStdString())));
  }

  void survivesDamageAndStaysLawful_data() { addShapes(); }
  void survivesDamageAndStaysLawful() {
    QFETCH(QByteArray, file);
    std::mt19937 random(4711);
    for (int i = 0; i < 150; ++i) {
      std::string hurt = damaged(file.toStdString(), random);
      if (i % 2 == 1)
        hurt = damaged(hurt, random);
      const std::string difference = differenceWhenCut(hurt, 3, static_cast<unsigned>(i));
      QVERIFY2(difference.empty(), (difference + "\nfile: " + hurt).c_str());
      QVERIFY(isAccounted(parseWhole(hurt)));
    }
  }

  void decidesTheFormatOnceAndForAll_data() { addShapes(); }
  void decidesTheFormatOnceAndForAll() {
    QFETCH(QByteArray, file);
    const std::string text = file.toStdString();
    Recognition::Kind decided = Recognition::Kind::Undecided;
    for (std::size_t size = 0; size <= text.size(); ++size) {
      const Recognition::Kind kind = recogniseFormat(std::string_view(text).substr(0, size), false).kind;
      QVERIFY(decided == Recognition::Kind::Undecided || kind == decided);
      decided = kind;
    }
    if (decided != Recognition::Kind::Undecided)
      QCOMPARE(recogniseFormat(text, true).kind, decided);
  }

  void consumesNothingTwiceAndNothingUnread() {
    const std::string record = kRecord;
    const Parsed parsed = parseWhole(record + "\n" + record.substr(0, 100));
    QCOMPARE(parsed.consumed, record.size() + 1);
    QCOMPARE(parsed.lines, 1);
    QCOMPARE(parsed.counts.records, 1);
  }
};

METEOROGRAPH_TEST(tst_ParserLaws)
#include "tst_ParserLaws.moc"
