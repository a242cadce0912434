// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/avro/AvroDecoder.h"
#include "tests/support/AvroWriter.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <limits>

using namespace meteorograph;

namespace {

struct Decoded {
  std::string text;
  std::string error;
};

Decoded decode(std::string_view container, std::size_t piece = SIZE_MAX) {
  AvroDecoder decoder;
  Decoded decoded;
  while (!container.empty()) {
    const std::string_view bytes = container.substr(0, piece);
    container.remove_prefix(bytes.size());
    decoder.push(bytes);
    Result<bool> got = true;
    while (got && *got)
      got = decoder.next(decoded.text);
    if (!got) {
      decoded.error = got.error().message;
      break;
    }
  }
  return decoded;
}

/// One datum of one type as text, without its newline; or the error in brackets.
std::string valueOf(const std::string &schema, const std::string &datum) {
  AvroWriter writer(schema);
  writer.block({datum});
  const Decoded decoded = decode(writer.container());
  return decoded.error.empty() ? decoded.text.substr(0, decoded.text.size() - 1) : "(" + decoded.error + ")";
}

std::vector<std::string> bodies(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i)
    all.push_back("{\"temperature\":" + std::to_string(20 + i % 5) + ".5}");
  return all;
}

constexpr const char *kNode = R"({"type":"record","name":"N","fields":[{"name":"n","type":["null","N"]}]})";

} // namespace

class tst_AvroDecoder : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void writesEveryType_data();
  void writesEveryType();
  void namesTypesByTheirSpace();
  void unpacksBlocks_data();
  void unpacksBlocks();
  void givesTheSameInAnyPieces();
  void givesWholeBlocksOfACutContainer();
  void isEmptyWithoutData();
  void refusesDamage_data();
  void refusesDamage();
  void keepsWhatCameBeforeDamage();
  void refusesSchemas_data();
  void refusesSchemas();
  void endsOnDataThatTakeNoBytes();
};

void tst_AvroDecoder::writesEveryType_data() {
  QTest::addColumn<QString>("schema");
  QTest::addColumn<QByteArray>("datum");
  QTest::addColumn<QString>("text");
  const auto row = [](const char *name, const char *schema, const std::string &datum, const char *text) {
    QTest::newRow(name) << QString(schema) << QByteArray::fromStdString(datum) << QString(text);
  };
  row("boolean", R"("boolean")", "\x01", "true");
  row("int", R"("int")", avroLong(-5), "-5");
  row("long", R"("long")", avroLong(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  row("float", R"("float")", avroFloat(26.2F), "26.2");
  row("double", R"({"type":"double"})", avroDouble(-0.1), "-0.1");
  row("not a number", R"("double")", avroDouble(std::numeric_limits<double>::quiet_NaN()), "null");
  row("infinite", R"("float")", avroFloat(std::numeric_limits<float>::infinity()), "null");
  row("string", R"("string")", avroSized("a\"b\n\xC3\xBC"), R"("a\"b\u000aü")");
  row("string that is no UTF-8", R"("string")", avroSized("\xFC"), R"("ü")");
  row("bytes of text", R"("bytes")", avroSized("abc"), R"("abc")");
  row("bytes of an object", R"("bytes")", avroSized(" {\"a\": 1,\r\n \"b\": {}}\n"),
      R"({"a": 1,   "b": {}})");
  row("bytes of half an object", R"("bytes")", avroSized("{\"a\":"), R"("{\"a\":")");
  row("bytes of two objects", R"("bytes")", avroSized("{}{}"), R"("{}{}")");
  row("bytes of no text", R"("bytes")", avroSized("\xFF\xFE\x00"), R"("//4=")");
  row("three bytes", R"("bytes")", avroSized("\xFF\xFE\xFD"), R"("//79")");
  row("one byte", R"("bytes")", avroSized("\xFF"), R"("/w==")");
  row("fixed", R"({"type":"fixed","name":"F","size":2})", "ab", R"("ab")");
  row("enum", R"({"type":"enum","name":"E","symbols":["A","B"]})", avroLong(1), R"("B")");
  row("array", R"({"type":"array","items":"int"})",
      avroLong(2) + avroLong(1) + avroLong(2) + avroLong(-1) + avroLong(1) + avroLong(3) + avroLong(0),
      "[1,2,3]");
  row("map", R"({"type":"map","values":"int"})",
      avroLong(2) + avroSized("a") + avroLong(1) + avroSized("b\"") + avroLong(2) + avroLong(0),
      R"({"a":1,"b\"":2})");
  row("union of nothing", R"(["null","int"])", avroLong(0), "null");
  row("union of a number", R"(["null","int"])", avroLong(1) + avroLong(7), "7");
  row("record",
      R"({"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"null"}]})",
      avroLong(7), R"({"a":7,"b":null})");
  row("a type in itself", kNode, avroLong(1) + avroLong(1) + avroLong(0), R"({"n":{"n":{"n":null}}})");
  row("date", R"({"type":"int","logicalType":"date"})", avroLong(19675), R"("2023-11-14")");
  row("date before 1970", R"({"type":"int","logicalType":"date"})", avroLong(-1), R"("1969-12-31")");
  row("milliseconds", R"({"type":"long","logicalType":"timestamp-millis"})", avroLong(1'700'000'000'123),
      R"("2023-11-14T22:13:20.123000Z")");
  row("microseconds", R"({"type":"long","logicalType":"timestamp-micros"})", avroLong(1'700'000'000'123'456),
      R"("2023-11-14T22:13:20.123456Z")");
  row("nanoseconds", R"({"type":"long","logicalType":"timestamp-nanos"})",
      avroLong(1'700'000'000'123'456'789), R"("2023-11-14T22:13:20.123456Z")");
  row("local", R"({"type":"long","logicalType":"local-timestamp-millis"})", avroLong(1'700'000'000'123),
      R"("2023-11-14T22:13:20.123000")");
  row("no time at all", R"({"type":"long","logicalType":"timestamp-millis"})", avroLong(INT64_MAX),
      "9223372036854775807");
  const char *decimal = R"({"type":"bytes","logicalType":"decimal","precision":9,"scale":2})";
  row("decimal", decimal, avroSized("\x0A\x3C"), "26.20");
  row("decimal below zero", decimal, avroSized("\xFB"), "-0.05");
  row("fixed decimal", R"({"type":"fixed","name":"D","size":2,"logicalType":"decimal","scale":1})",
      std::string("\x01\x06", 2), "26.2");
}

void tst_AvroDecoder::writesEveryType() {
  QFETCH(QString, schema);
  QFETCH(QByteArray, datum);
  QFETCH(QString, text);
  QCOMPARE(QString::fromStdString(valueOf(schema.toStdString(), datum.toStdString())), text);
}

void tst_AvroDecoder::namesTypesByTheirSpace() {
  const std::string schema = R"({"type":"record","name":"R","namespace":"x","fields":[
    {"name":"a","type":{"type":"enum","name":"E","symbols":["A","B"]}},
    {"name":"b","type":"E"},{"name":"c","type":"x.E"},
    {"name":"d","type":{"type":"fixed","name":"y.F","size":1}},{"name":"e","type":"y.F"}]})";
  QCOMPARE(valueOf(schema, avroLong(0) + avroLong(1) + avroLong(0) + "pq"),
           std::string(R"({"a":"A","b":"B","c":"A","d":"p","e":"q"})"));
}

void tst_AvroDecoder::unpacksBlocks_data() {
  QTest::addColumn<QString>("codec");
  for (const char *codec : {"null", "deflate", "snappy", "zstandard"})
    QTest::newRow(codec) << codec;
}

void tst_AvroDecoder::unpacksBlocks() {
  QFETCH(QString, codec);
  const Decoded decoded = decode(avroCapture(bodies(2000), codec.toStdString(), 700));
  QCOMPARE(decoded.error, std::string());
  QCOMPARE(std::count(decoded.text.begin(), decoded.text.end(), '\n'), 2000);
  QCOMPARE(decoded.text.substr(0, decoded.text.find('\n')),
           std::string(R"({"SequenceNumber":0,"Offset":"0","EnqueuedTimeUtc":"11/14/2023 10:13:20 PM",)"
                       R"("SystemProperties":{"x-opt-enqueued-time":1700000000000,)"
                       R"("iothub-connection-device-id":"capture 7"},"Properties":{},)"
                       R"("Body":{"temperature":20.5}})"));
}

void tst_AvroDecoder::givesTheSameInAnyPieces() {
  const std::string container = avroCapture(bodies(50), "deflate");
  const std::string whole = decode(container).text;
  for (const std::size_t piece : {1uL, 2uL, 13uL, 500uL})
    QCOMPARE(decode(container, piece).text, whole);
}

void tst_AvroDecoder::givesWholeBlocksOfACutContainer() {
  const std::string container = avroCapture(bodies(30));
  const std::string whole = decode(container).text;
  std::size_t lengths = 0;
  std::size_t last = 0;
  for (std::size_t size = 0; size <= container.size(); ++size) {
    const Decoded decoded = decode(container.substr(0, size));
    QCOMPARE(decoded.error, std::string());
    QVERIFY(whole.starts_with(decoded.text));
    lengths += decoded.text.size() != last;
    last = decoded.text.size();
  }
  QCOMPARE(lengths, 3u);
  QCOMPARE(last, whole.size());
}

void tst_AvroDecoder::isEmptyWithoutData() {
  const Decoded decoded = decode(avroCapture({}));
  QCOMPARE(decoded.error, std::string());
  QCOMPARE(decoded.text, std::string());
}

void tst_AvroDecoder::refusesDamage_data() {
  QTest::addColumn<QByteArray>("container");
  QTest::addColumn<QString>("error");
  const auto row = [](const char *name, const std::string &container, const char *error) {
    QTest::newRow(name) << QByteArray::fromStdString(container) << QString(error);
  };
  const auto with = [](const char *schema, std::int64_t count, const std::string &bytes) {
    AvroWriter writer(schema);
    writer.rawBlock(count, bytes);
    return writer.container();
  };
  const std::string header = AvroWriter(R"("int")").container();
  const std::string other = "an Avro block holds something else than its schema says";
  row("another marker", header + avroLong(1) + avroSized("\x02") + std::string(16, 'x'),
      "an Avro block does not end where it says");
  row("a number without end", header + std::string(11, '\xFF'), "its Avro block is damaged");
  row("a length below zero", header + avroLong(1) + avroLong(-4), "its Avro block is damaged");
  row("a length beyond all bounds", header + avroLong(1) + avroLong(1LL << 40), "its Avro block is damaged");
  row("a count below zero", with(R"("int")", -3, "\x02"),
      "an Avro block cannot hold as many records as it says");
  row("a count beyond the bytes", with(R"("int")", 1LL << 60, "\x02"),
      "an Avro block cannot hold as many records as it says");
  row("more bytes than records", with(R"("int")", 1, "\x02\x02"),
      "an Avro block holds more than its records");
  row("fewer bytes than records", with(R"("int")", 2, std::string("\x82\x02", 2)), other.c_str());
  row("an int that is none", with(R"("int")", 1, avroLong(1LL << 40)), other.c_str());
  row("a branch that is none", with(R"(["null","int"])", 1, avroLong(2)), other.c_str());
  row("a symbol that is none", with(R"({"type":"enum","name":"E","symbols":["A"]})", 1, avroLong(1)),
      other.c_str());
  row("a boolean that is none", with(R"("boolean")", 1, "\x02"), other.c_str());
  row("a string longer than its block", with(R"("string")", 1, avroLong(1000) + "abc"), other.c_str());
  row("nested without end", with(kNode, 1, std::string(1000, '\x02')), other.c_str());
  row("a codec that nobody knows", AvroWriter(R"("int")", "lzma").container(),
      "its Avro blocks are compressed with lzma, which is not read");
  const std::string deflate = AvroWriter(R"("int")", "deflate").container();
  row("deflate", deflate + avroLong(1) + avroSized("\xFF\xFF") + deflate.substr(deflate.size() - 16),
      "an Avro block cannot be unpacked");
  for (const char *codec : {"snappy", "zstandard"}) {
    std::string hurt = avroCapture(bodies(5), codec);
    hurt[hurt.size() - 20] = static_cast<char>(hurt[hurt.size() - 20] ^ 0x10);
    row(codec, hurt, "an Avro block cannot be unpacked");
  }
}

void tst_AvroDecoder::refusesDamage() {
  QFETCH(QByteArray, container);
  QFETCH(QString, error);
  QCOMPARE(QString::fromStdString(decode(container.toStdString()).error), error);
}

void tst_AvroDecoder::keepsWhatCameBeforeDamage() {
  AvroWriter writer(R"(["null","int"])");
  writer.block({avroLong(1) + avroLong(7), avroLong(0)});
  writer.block({avroLong(1) + avroLong(8), avroLong(9)});
  const Decoded decoded = decode(writer.container());
  QCOMPARE(decoded.text, std::string("7\nnull\n8\n"));
  QVERIFY(!decoded.error.empty());
}

void tst_AvroDecoder::refusesSchemas_data() {
  QTest::addColumn<QString>("schema");
  QTest::newRow("no JSON") << "{";
  QTest::newRow("a number") << "1";
  QTest::newRow("unknown type") << R"("integer")";
  QTest::newRow("array of nothing") << R"({"type":"array"})";
  QTest::newRow("fixed without size") << R"({"type":"fixed","name":"F"})";
  QTest::newRow("record without fields") << R"({"type":"record","name":"R"})";
  QTest::newRow("field without type") << R"({"type":"record","name":"R","fields":[{"name":"a"}]})";
  QTest::newRow("enum of numbers") << R"({"type":"enum","name":"E","symbols":[1]})";
  QTest::newRow("deep") << QString(R"({"type":"array","items":)").repeated(5000) + "1" +
                               QString("}").repeated(5000);
}

void tst_AvroDecoder::refusesSchemas() {
  QFETCH(QString, schema);
  const Decoded decoded = decode(AvroWriter(schema.toStdString()).container());
  QVERIFY2(decoded.error.starts_with("its Avro header is damaged: its schema"), decoded.error.c_str());
}

void tst_AvroDecoder::endsOnDataThatTakeNoBytes() {
  // Each level holds the next one twice: 2^60 records in not a single byte.
  std::string schema = R"("null")";
  for (int level = 0; level < 60; ++level) {
    const std::string name = "L" + std::to_string(level);
    schema = R"({"type":"record","name":")" + name + R"(","fields":[{"name":"a","type":)" + schema +
             R"(},{"name":"b","type":")" + (level == 0 ? "null" : "L" + std::to_string(level - 1)) +
             R"("}]})";
  }
  AvroWriter records(schema);
  records.rawBlock(1, " ");
  QVERIFY(!decode(records.container()).error.empty());
  AvroWriter items(R"({"type":"array","items":"null"})");
  items.rawBlock(1, avroLong(INT64_MAX) + avroLong(0));
  QVERIFY(!decode(items.container()).error.empty());
}

METEOROGRAPH_TEST(tst_AvroDecoder)
#include "tst_AvroDecoder.moc"
