// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonRecord.h"
#include "core/source/JsonShapes.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QDirIterator>
#include <QTest>

#include <random>

using namespace meteorograph;

namespace {

using Random = std::mt19937;

template <std::size_t N> std::string anyOf(const char *const (&texts)[N], Random &random) {
  return texts[random() % N];
}

constexpr const char *kNumbers[] = {"21.5",
                                    "0",
                                    "-3.25",
                                    "1013.25",
                                    "7",
                                    "0.000001",
                                    "123456789.123456",
                                    "9007199254740993",
                                    "0.1234567890123456789",
                                    "-0",
                                    "-0.0",
                                    "99999999999999999999.5"};
constexpr const char *kOddNumbers[] = {"1e5",   "2E-3",  "01",      "1.",          ".5",    "+1",  "-",
                                       "1e999", "NaN",   "1.5.2",   "0x10",        "--1",   "1,5", "",
                                       "null",  "true",  "12abc",   "1e",          "[1,2]", "{}",  "\"21.5\"",
                                       "\"\"",  "\" \"", "\"NaN\"", "\"23.5 °C\"", "-1"};
constexpr const char *kTimes[] = {"2024-03-01T12:00:00Z",         "2024-03-01T12:00:01.5Z",
                                  "2024-03-01 12:01:59.1234567Z", "2024-03-01T12:02:00",
                                  "2024-03-01T12:02:00+01:00",    "2024-10-27T02:30:00",
                                  "2024-03-01T12:59:59.999999Z",  "2024-03-31 02:30:00"};
constexpr const char *kOddTimes[] = {"2024-03-01",
                                     "01.03.2024 12:00",
                                     "03/04/2024 11:59 PM",
                                     "2024-02-30T00:00:00Z",
                                     "2024-03-01T24:00:00Z",
                                     "1709294400",
                                     " 2024-03-01T12:00:00Z",
                                     "",
                                     "never",
                                     "12:00:00",
                                     "2024-03-01T12:00:60Z",
                                     "1709294400123"};
constexpr const char *kTexts[] = {"a", "Raspberry Pi 1", "Küche", "idle", "error", "x-9", "7", "ok"};
constexpr const char *kOddTexts[] = {"",
                                     " ",
                                     "a\\\"b",
                                     "\\u00e9",
                                     "nan",
                                     "{\\\"temp\\\":1}",
                                     "eyJ0IjoxfQ==",
                                     "inf",
                                     "N/A",
                                     "a\tb",
                                     "\xC3",
                                     "-",
                                     "12",
                                     "a b ",
                                     "sensor.kitchen_temperature",
                                     "C"};
constexpr const char *kTimeKeys[] = {"time", "timestamp", "EventEnqueuedUtcTime", "EventProcessedUtcTime",
                                     "ts",   "date"};
constexpr const char *kTextKeys[] = {"deviceId", "device",   "status",    "location", "unit",
                                     "metric",   "firmware", "messageId", "topic",    "sensor"};
constexpr const char *kNumberKeys[] = {"temperature", "temp",        "humidity", "pressure", "co2",
                                       "messageId",   "PartitionId", "temp_1",   "temp_2",   "Druck",
                                       "lüfter",      "id",          "value",    "latitude", "battery_v",
                                       "ts",          "Humidity",    "T_out",    "temp_f"};
constexpr const char *kObjects[] = {"IoTHub", "BME280", "payload", "data"};
constexpr const char *kBlanks[] = {"", "", " ", "\t", "  "};

/// How one line of a file looks: its members, and the odds that a value is odd.
struct Member {
  enum class Kind { Number, Text, Time, Word, Object };
  std::string key;
  Kind kind;
  std::vector<Member> members = {};
};

std::vector<Member> someMembers(Random &random, int depth) {
  std::vector<Member> members;
  const auto count = 1 + random() % 5;
  for (unsigned i = 0; i < count; ++i)
    switch (random() % (depth > 1 ? 8 : 9)) {
    case 0:
    case 1:
      members.push_back({anyOf(kTextKeys, random), Member::Kind::Text});
      break;
    case 2:
      members.push_back({anyOf(kTimeKeys, random), Member::Kind::Time});
      break;
    case 3:
      members.push_back({anyOf(kNumberKeys, random), Member::Kind::Word});
      break;
    case 8:
      members.push_back({anyOf(kObjects, random), Member::Kind::Object, someMembers(random, depth + 1)});
      break;
    default:
      members.push_back({anyOf(kNumberKeys, random), Member::Kind::Number});
    }
  return members;
}

std::string valueText(const Member &member, Random &random, bool odd) {
  switch (member.kind) {
  case Member::Kind::Number:
    return odd ? anyOf(kOddNumbers, random) : anyOf(kNumbers, random);
  case Member::Kind::Word:
    return odd                          ? "false"
           : member.key.size() % 3 == 0 ? "null"
           : member.key.size() % 3 == 1 ? "true"
                                        : "[1,\"a\"]";
  case Member::Kind::Text:
    return "\"" + (odd ? anyOf(kOddTexts, random) : anyOf(kTexts, random)) + "\"";
  default:
    return "\"" + (odd ? anyOf(kOddTimes, random) : anyOf(kTimes, random)) + "\"";
  }
}

std::string objectText(const std::vector<Member> &members, const std::string &blank, Random &random,
                       unsigned odds) {
  std::string text = "{" + blank;
  for (const Member &member : members) {
    text += (text.size() > 1 + blank.size() ? "," + blank : std::string()) + "\"" + member.key + "\"" +
            blank + ":" + blank;
    text += member.kind == Member::Kind::Object ? objectText(member.members, blank, random, odds)
                                                : valueText(member, random, odds > 0 && random() % odds == 0);
  }
  return text + "}";
}

/// Lines that alternate between a few shapes. `odds`: one value in so many is odd; 0: none.
std::string jsonFile(Random &random, unsigned odds) {
  std::vector<std::vector<Member>> shapes;
  for (unsigned i = 0; i <= random() % 4; ++i) {
    shapes.push_back(someMembers(random, 0));
    shapes.back().insert(shapes.back().begin() +
                             static_cast<std::ptrdiff_t>(random() % (shapes.back().size() + 1)),
                         {anyOf(kTimeKeys, random), Member::Kind::Time});
    shapes.back().push_back({"humidity", Member::Kind::Number});
  }
  const std::string blank = anyOf(kBlanks, random);
  std::string file;
  for (unsigned line = 0; line < 25; ++line) {
    const std::vector<Member> &shape =
        shapes[random() % 5 == 0 ? random() % shapes.size() : line % shapes.size()];
    file += objectText(shape, blank, random, odds) + (random() % 20 == 0 ? "" : "\n");
  }
  return file;
}

constexpr const char *kColumns[] = {
    "deviceId", "temperature", "humidity", "pressure", "temp_1", "temp_2",   "status", "note",
    "co2",      "id",          "date",     "value",    "unit",   "T_out",    "Druck",  "EventEnqueuedUtcTime",
    "Humidity", "lat",         "",         "year",     "hour",   "temp (°F)"};
constexpr const char *kCells[] = {"21.5", "22", "-3.25", "1013,5", "0.125", "7", "70.03803", "1e3"};
constexpr const char *kOddCells[] = {
    "",       " ",     "NaN",     "-",   "ok",       "error", "\"21.5\"", "\"a \"\"b\"\"\"",
    "N/A",    "Küche", "23.5 °C", "é",   "01",       "1.",    "+4",       "x,y",
    "\"open", "inf",   "  5 ",    "5\t", "12:00:00", "2024"};

std::string tableFile(Random &random, unsigned odds) {
  const char delimiter = ",;\t,"[random() % 4];
  std::vector<std::string> names{"time"};
  for (unsigned i = 0; i <= random() % 6; ++i)
    names.insert(names.begin() + static_cast<std::ptrdiff_t>(random() % 5 == 0 ? 0 : names.size()),
                 anyOf(kColumns, random));
  names.push_back("humidity");
  std::string file;
  const auto add = [&](const std::string &text, bool last) {
    file += text + (last ? "\n" : std::string(1, delimiter));
  };
  for (std::size_t i = 0; i < names.size(); ++i)
    add(names[i], i + 1 == names.size());
  for (unsigned line = 0; line < 30; ++line)
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool odd = odds > 0 && random() % odds == 0;
      const bool last = i + 1 == names.size() && random() % 40 != 0;
      if (names[i] == "time" || names[i] == "EventEnqueuedUtcTime")
        add(odd ? anyOf(kOddTimes, random) : anyOf(kTimes, random), last);
      else if (names[i] == "deviceId" || names[i] == "status")
        add(odd ? anyOf(kOddCells, random) : anyOf(kTexts, random), last);
      else
        add(odd ? anyOf(kOddCells, random) : anyOf(kCells, random), last);
    }
  return file;
}

void damage(std::string &file, Random &random) {
  for (unsigned i = 0; i < random() % 3 && !file.empty(); ++i) {
    const std::size_t at = random() % file.size();
    switch (random() % 4) {
    case 0:
      file[at] = static_cast<char>(random());
      break;
    case 1:
      file.erase(at, random() % 30);
      break;
    case 2:
      file.insert(at, std::string(1, " \t\n\"{}[],:\\0e-"[random() % 14]));
      break;
    default:
      file.resize(at);
    }
  }
}

Mapping someMapping(Random &random) {
  Mapping mapping;
  if (random() % 2 == 0)
    mapping.zone = "Europe/Berlin";
  if (random() % 4 == 0)
    mapping.device = Mapping::DeviceRule{"", {}, "fixed"};
  if (random() % 4 == 0)
    mapping.device = Mapping::DeviceRule{"deviceId", {}, {}};
  if (random() % 3 == 0)
    mapping.quantities.push_back({"humidity", "humidity", "%", {22, 7}, random() % 2 == 0 ? "other" : ""});
  if (random() % 4 == 0)
    mapping.ignore.push_back("pressure");
  if (random() % 4 == 0)
    mapping.time.push_back({"time", {}, random() % 2 == 0 ? "iso" : ""});
  return mapping;
}

QByteArray shown(const std::string &difference, const std::string &file) {
  return QByteArray::fromStdString(difference + "\nfile:\n" + file);
}

const char kLine[] = R"({"messageId":%,"deviceId":"a","temperature":%.5,"PartitionId":0,)"
                     R"("EventEnqueuedUtcTime":"2024-03-01T12:00:0%Z","IoTHub":{"MessageId":null}})";

std::string lineOf(int number) {
  std::string line = kLine;
  for (std::size_t at = 0; (at = line.find('%', at)) != std::string::npos;)
    line[at] = static_cast<char>('0' + number % 10);
  return line;
}

} // namespace

class tst_LearnedLines : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void givesTheSameForEveryObject_data() {
    QTest::addColumn<unsigned>("odds");
    QTest::addColumn<bool>("damaged");
    QTest::addColumn<bool>("mapped");
    QTest::newRow("usual values") << 0U << false << false;
    QTest::newRow("some odd values") << 30U << false << false;
    QTest::newRow("many odd values") << 4U << false << false;
    QTest::newRow("damaged") << 30U << true << false;
    QTest::newRow("mapped") << 20U << true << true;
  }
  void givesTheSameForEveryObject() {
    QFETCH(unsigned, odds);
    QFETCH(bool, damaged);
    QFETCH(bool, mapped);
    for (unsigned seed = 0; seed < 50; ++seed) {
      Random random(seed);
      std::string file = jsonFile(random, odds);
      if (damaged)
        damage(file, random);
      const std::string difference =
          differenceWhenLearning(file, 2, seed, mapped ? someMapping(random) : Mapping());
      QVERIFY2(difference.empty(), shown(difference, file));
    }
  }

  void givesTheSameForEveryRow_data() { givesTheSameForEveryObject_data(); }
  void givesTheSameForEveryRow() {
    QFETCH(unsigned, odds);
    QFETCH(bool, damaged);
    QFETCH(bool, mapped);
    for (unsigned seed = 0; seed < 50; ++seed) {
      Random random(seed);
      std::string file = tableFile(random, odds);
      if (damaged)
        damage(file, random);
      const std::string difference =
          differenceWhenLearning(file, 2, seed, mapped ? someMapping(random) : Mapping());
      QVERIFY2(difference.empty(), shown(difference, file));
    }
  }

  void givesTheSameForRealFiles() {
    const QString data = QStringLiteral(METEOROGRAPH_SHARED_DATA "/data");
    QDirIterator files(data, QDir::Files, QDirIterator::Subdirectories);
    if (!files.hasNext())
      QSKIP("the sample files are not here");
    while (files.hasNext()) {
      const std::string path = files.next().toStdString();
      const std::string file = readFile(path).substr(0, 1 << 20);
      const std::string difference = differenceWhenLearning(file, 0);
      QVERIFY2(difference.empty(), shown(difference, path));
    }
  }

  /// A value of every kind in the place of a usual one, behind lines that have been learnt.
  void leavesWhatIsOddToTheLongWay_data() {
    QTest::addColumn<QByteArray>("value");
    for (const char *value :
         {"1e5",      "-0",    "0123", "1.",        "-",     "+1",   "123456789012345678901234567890",
          "0.1e-400", "1e400", "null", "true",      "\"5\"", "\"\"", "\" 5\"",
          "\"5 °C\"", "\"x\"", "[5]",  "{\"a\":5}", "5 ",    "NaN",  "5\"",
          ""})
      QTest::newRow(value) << QByteArray(value);
  }
  void leavesWhatIsOddToTheLongWay() {
    QFETCH(QByteArray, value);
    for (const std::string key :
         {"messageId", "temperature", "PartitionId", "deviceId", "EventEnqueuedUtcTime"}) {
      std::string odd = lineOf(4);
      const std::size_t begin = odd.find(key) + key.size() + 2;
      odd.replace(begin, odd.find(',', begin) - begin, value.toStdString());
      std::string file;
      for (int i = 0; i < 3; ++i)
        file += lineOf(i) + "\n";
      file += odd + "\n" + lineOf(5) + "\n" + odd + "\n" + lineOf(6);
      const std::string difference = differenceWhenLearning(file, 10);
      QVERIFY2(difference.empty(), shown(difference, file));
    }
  }

  /// The same members with other values mean something else here.
  void looksAtValuesWhereTheyDecide_data() {
    QTest::addColumn<QByteArray>("usual");
    QTest::addColumn<QByteArray>("other");
    QTest::newRow("whether an array holds the records")
        << QByteArray(
               R"({"time":"2024-01-01T00:00:0%Z","temperature":"21","wind":"5","items":[{"humidity":5}]})")
        << QByteArray(
               R"({"time":"2024-01-01T00:00:0%Z","temperature":"","wind":"5","items":[{"humidity":5}]})");
    QTest::newRow("a name that comes twice")
        << QByteArray(R"({"time":"2024-01-01T00:00:0%Z","h":1,"t":"5","t":true})")
        << QByteArray(R"({"time":"2024-01-01T00:00:0%Z","h":1,"t":"abc","t":true})");
  }
  void looksAtValuesWhereTheyDecide() {
    QFETCH(QByteArray, usual);
    QFETCH(QByteArray, other);
    std::string file;
    for (int i = 0; i < 9; ++i) {
      QByteArray line = i % 4 == 3 ? other : usual;
      file += line.replace('%', '0' + static_cast<char>(i)).toStdString() + "\n";
    }
    const std::string difference = differenceWhenLearning(file, 20);
    QVERIFY2(difference.empty(), shown(difference, file));
  }

  void readsWhatIsLikeTheLineBefore() {
    ReadingBuilder builder({"/data/file", "default", {}});
    JsonRecord record(builder);
    JsonScanner scanner;
    JsonShapes shapes(builder, record.fields());
    Batch batch;
    builder.startBatch();
    const auto padded = [](std::string text) { return text + std::string(kChunkPadding, '"'); };
    const std::string first = padded(lineOf(1));
    const std::string_view text = std::string_view(first).substr(0, first.size() - kChunkPadding);
    QCOMPARE(shapes.take(text, 1, 0, batch).bytes, 0U);
    QCOMPARE(scanner.scan(text).end, text.size());
    builder.begin();
    record.add(scanner.fields());
    builder.finish(batch, {1, 0, text});
    shapes.learn(text, scanner.fields());

    const std::string second = padded(lineOf(2) + "\n{");
    QCOMPARE(
        shapes.take(std::string_view(second).substr(0, second.size() - kChunkPadding), 2, 99, batch).bytes,
        text.size());
    QCOMPARE(batch.rows.size(), 2U);
    QCOMPARE(batch.rows[1].message_id, 2);
    QCOMPARE(batch.rows[1].line, 2);
    QCOMPARE(batch.rows[1].offset, 99);
    QCOMPARE(valueOf(batch, 1, "temperature"), 2.5);
    QCOMPARE(batch.counts.accepted, 2);
    QCOMPARE(shapes.take(std::string_view(second).substr(0, text.size() - 1), 3, 0, batch).bytes, 0U);
    QCOMPARE(batch.rows.size(), 2U);
  }
};

METEOROGRAPH_TEST(tst_LearnedLines)
#include "tst_LearnedLines.moc"
