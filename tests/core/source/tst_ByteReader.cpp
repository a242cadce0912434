// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ByteReader.h"
#include "tests/support/AvroWriter.h"
#include "tests/support/Packing.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <random>

using namespace meteorograph;

namespace {

struct Content {
  std::string text;
  std::string error;
};

/// Reads on to the end or to damage, in pieces of random or given size.
Content readOn(ByteReader &reader, std::size_t piece) {
  Content content;
  std::string buffer(piece, '\0');
  for (;;) {
    const Result<std::size_t> got = reader.read(buffer.data(), buffer.size());
    if (!got)
      content.error = got.error().message;
    if (!got || *got == 0)
      return content;
    content.text.append(buffer, 0, *got);
  }
}

Content contentOf(const std::string &bytes, std::size_t piece = 10'000) {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("file").toStdString();
  std::ofstream(path, std::ios::binary) << bytes;
  const Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  return reader ? readOn(**reader, piece) : Content{{}, reader.error().message};
}

std::string lines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine("Au\xC3\x9F"
                     "en \xF0\x9F\x8C\xA1",
                     second, 20 + second % 7);
  return text;
}

QByteArray bytes(const std::string &text) { return QByteArray::fromStdString(text); }

} // namespace

/// Whatever a file's text is packed in, it comes out as the same text.
class tst_ByteReader : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void unpacks_data();
  void unpacks();
  void waitsWhereItIsCut_data();
  void waitsWhereItIsCut();
  void givesTheSameHoweverLittleIsAskedFor();
  void tellsOfDamageBehindWhatIsGood_data();
  void tellsOfDamageBehindWhatIsGood();
  void doesNotTakeDamageForPadding();
  void replacesHalfASurrogatePair();
  void waitsForTheOtherHalf();
  void leavesOtherTextAlone_data();
  void leavesOtherTextAlone();
  void countsOffsetsOfTheText_data();
  void countsOffsetsOfTheText();
  void readsAvroAsLines();
};

void tst_ByteReader::unpacks_data() {
  QTest::addColumn<QByteArray>("file");
  const std::string text = lines(0, 300);
  const auto row = [](const char *name, const std::string &file) { QTest::newRow(name) << bytes(file); };
  row("plain", text);
  row("gzip", gzipOf(text));
  row("gzip, two members and padding",
      gzipOf(lines(0, 100)) + gzipOf(lines(100, 300)) + std::string(512, '\0'));
  row("zstd", zstdOf(text));
  row("zstd, two frames", zstdOf(lines(0, 10)) + zstdOf(lines(10, 300)));
  row("zstd, frames of other things", zstdSkippable("index") + zstdOf(lines(0, 10)) + zstdSkippable("") +
                                          zstdOf("") + zstdOf(lines(10, 300)) + zstdSkippable("end"));
  row("zstd and padding", zstdOf(text) + std::string(100'000, '\0'));
  row("UTF-16, little endian", utf16Of(text, false));
  row("UTF-16, big endian", utf16Of(text, true));
  row("UTF-16 without a mark, little endian", utf16Of(text, false, false));
  row("UTF-16 without a mark, big endian", utf16Of(text, true, false));
  row("UTF-16 in gzip", gzipOf(utf16Of(text, false)));
  row("UTF-16 in zstd", zstdOf(utf16Of(text, true)));
  row("zstd in gzip", gzipOf(zstdOf(text)));
}

void tst_ByteReader::unpacks() {
  QFETCH(QByteArray, file);
  for (const std::size_t piece : {1uL, 1000uL, 1'000'000uL}) {
    const Content content = contentOf(file.toStdString(), piece);
    QCOMPARE(content.error, std::string());
    QVERIFY(content.text == lines(0, 300));
  }
}

void tst_ByteReader::waitsWhereItIsCut_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::newRow("gzip") << bytes(gzipOf(lines(0, 200)));
  QTest::newRow("zstd") << bytes(zstdOf(lines(0, 100)) + zstdOf(lines(100, 200)));
  QTest::newRow("UTF-16") << bytes(utf16Of(lines(0, 200), false));
  QTest::newRow("UTF-16 in zstd") << bytes(zstdOf(utf16Of(lines(0, 200), false)));
}

void tst_ByteReader::waitsWhereItIsCut() {
  QFETCH(QByteArray, file);
  const std::string all = file.toStdString();
  const std::string text = lines(0, 200);
  std::mt19937 random(4);
  for (int i = 0; i < 100; ++i) {
    // The first bytes tell what it is: a shorter beginning is text that nobody can read.
    const std::size_t size = 4 + random() % (all.size() - 4);
    const Content content = contentOf(all.substr(0, size));
    QCOMPARE(content.error, std::string());
    QVERIFY(text.starts_with(content.text));
  }
}

/// Of a file that is cut, too: a few packed bytes may give more text than there is room for.
void tst_ByteReader::givesTheSameHoweverLittleIsAskedFor() {
  const std::string text = lines(0, 3) + std::string(1000, 'x') + lines(3, 6) + std::string(1000, 'y');
  for (const auto &pack : {gzipOf, zstdOf}) {
    const std::string file = pack(text);
    for (std::size_t size = 20; size < file.size(); ++size)
      QCOMPARE(contentOf(file.substr(0, size), 17).text, contentOf(file.substr(0, size)).text);
  }
}

void tst_ByteReader::tellsOfDamageBehindWhatIsGood_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::newRow("gzip") << bytes(gzipOf(lines(0, 20'000)));
  QTest::newRow("zstd") << bytes(zstdOf(lines(0, 20'000)));
  QTest::newRow("zstd in gzip") << bytes(gzipOf(zstdOf(lines(0, 20'000))));
  QTest::newRow("UTF-16 in gzip") << bytes(gzipOf(utf16Of(lines(0, 20'000), true)));
}

void tst_ByteReader::tellsOfDamageBehindWhatIsGood() {
  QFETCH(QByteArray, file);
  std::string hurt = file.toStdString();
  std::fill_n(hurt.begin() + static_cast<std::ptrdiff_t>(hurt.size() * 3 / 4), 64, '\xFF');
  const Content content = contentOf(hurt);
  QVERIFY(content.error.find("is damaged") != std::string::npos);
  // A block that is hurt may give some wrong text before that shows.
  QVERIFY(content.text.size() > lines(0, 8'000).size());
  QVERIFY(content.text.starts_with(lines(0, 8'000)));
}

void tst_ByteReader::doesNotTakeDamageForPadding() {
  for (const auto &pack : {gzipOf, zstdOf}) {
    std::string second = pack(lines(10, 20));
    second[0] = '\x01';
    const Content content = contentOf(pack(lines(0, 10)) + second);
    QCOMPARE(content.text, lines(0, 10));
    QVERIFY(content.error.find("is damaged") != std::string::npos);
  }
}

void tst_ByteReader::replacesHalfASurrogatePair() {
  const std::string file("\xFF\xFE"
                         "a\0\x00\xD8"
                         "b\0\x00\xDC"
                         "c\0",
                         12);
  QCOMPARE(contentOf(file).text, std::string("a\xEF\xBF\xBD"
                                             "b\xEF\xBF\xBD"
                                             "c"));
}

void tst_ByteReader::waitsForTheOtherHalf() {
  const std::string file = utf16Of("ab\xF0\x9F\x8C\xA1", false);
  QCOMPARE(contentOf(file.substr(0, 5)).text, std::string("a"));
  QCOMPARE(contentOf(file.substr(0, 8)).text, std::string("ab"));
  QCOMPARE(contentOf(file.substr(0, 9)).text, std::string("ab"));
  QCOMPARE(contentOf(file).text, std::string("ab\xF0\x9F\x8C\xA1"));
}

void tst_ByteReader::leavesOtherTextAlone_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::newRow("empty") << QByteArray();
  QTest::newRow("one byte of a mark") << QByteArray("\xFF");
  QTest::newRow("ASCII") << QByteArray("time,temp\n2020-01-01,1\n");
  QTest::newRow("latin-1") << QByteArray("\xFCmlaut;1\n");
  QTest::newRow("NULs") << QByteArray(64, '\0');
  QTest::newRow("binary") << QByteArray("\x01\x00\x02\x00\x03\x00\x04\x00\x05\x00\x06\x00\x07\x00\x08\x00"
                                        "\x09\x00\x10\x00\x11\x00",
                                        22);
}

void tst_ByteReader::leavesOtherTextAlone() {
  QFETCH(QByteArray, file);
  QCOMPARE(bytes(contentOf(file.toStdString()).text), file);
}

void tst_ByteReader::countsOffsetsOfTheText_data() { unpacks_data(); }

void tst_ByteReader::countsOffsetsOfTheText() {
  QFETCH(QByteArray, file);
  const QTemporaryDir folder;
  const std::string path = folder.filePath("file").toStdString();
  std::ofstream(path, std::ios::binary) << file.toStdString();
  const Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  QVERIFY(reader);
  const std::string text = lines(0, 300);
  std::mt19937 random(6);
  std::string buffer(500, '\0');
  for (int i = 0; i < 20; ++i) {
    const std::size_t offset = random() % text.size();
    QVERIFY(*(*reader)->seek(static_cast<std::int64_t>(offset)));
    const Result<std::size_t> got = (*reader)->read(buffer.data(), buffer.size());
    QCOMPARE(buffer.substr(0, *got), text.substr(offset, buffer.size()));
  }
  QVERIFY(*(*reader)->seek(static_cast<std::int64_t>(text.size())));
  QVERIFY(!*(*reader)->seek(static_cast<std::int64_t>(text.size()) + 1));
}

void tst_ByteReader::readsAvroAsLines() {
  const std::vector<std::string> bodies(3000, R"({"temperature":21.5})");
  const std::string container = avroCapture(bodies, "snappy", 900);
  const Content whole = contentOf(container);
  QCOMPARE(whole.error, std::string());
  QCOMPARE(std::count(whole.text.begin(), whole.text.end(), '\n'), 3000);
  QCOMPARE(contentOf(gzipOf(container), 77).text, whole.text);
  const Content cut = contentOf(container.substr(0, container.size() - 1));
  QCOMPARE(std::count(cut.text.begin(), cut.text.end(), '\n'), 2700);
  std::string damaged = container;
  damaged.back() = '!';
  const Content hurt = contentOf(damaged);
  QCOMPARE(hurt.text, cut.text);
  QVERIFY(hurt.error.ends_with("/file: an Avro block does not end where it says"));
}

METEOROGRAPH_TEST(tst_ByteReader)
#include "tst_ByteReader.moc"
