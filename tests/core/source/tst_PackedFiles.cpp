// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/AvroWriter.h"
#include "tests/support/Packing.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <set>

using namespace meteorograph;

namespace {

std::string lines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine("d", second, 20 + second % 7);
  return text;
}

std::string csvLines(int from, int to) {
  std::string text = from == 0 ? "Zeit;Temperatur (\xE2\x84\x83)\r\n" : "";
  for (int second = from; second < to; ++second)
    text += formatIsoTime(1'700'000'000 * kSecond + second * kSecond) + ";" +
            std::to_string(20 + second % 7) + "\r\n";
  return text;
}

std::string valuesOf(const std::string &name, const std::string &content) {
  StoreHarness store;
  store.write(name, content);
  store.ingest();
  return store.values();
}

} // namespace

/// Packed files in the engine: what holds for text holds for them.
class tst_PackedFiles : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void growLikeText_data();
  void growLikeText();
  void areFollowedWhenRotatedAndCompressed();
  void areDoneWhenTheyHoldNothing_data();
  void areDoneWhenTheyHoldNothing();
  void giveAvroRecordsUpToTheDamage();
  void giveReadingsOfAzure_data();
  void giveReadingsOfAzure();
};

void tst_PackedFiles::growLikeText_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("packed");
  const auto row = [](const char *name, const std::string &text, const std::string &packed) {
    QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray::fromStdString(packed);
  };
  row("UTF-16 CSV", csvLines(0, 60), utf16Of(csvLines(0, 60), false));
  row("UTF-16 CSV, big endian, no mark", csvLines(0, 60), utf16Of(csvLines(0, 60), true, false));
  row("UTF-16 JSON", lines(0, 60), utf16Of(lines(0, 60), true));
  row("UTF-16 CSV in zstd", csvLines(0, 60),
      zstdOf(utf16Of(csvLines(0, 30), false)) + zstdOf(utf16Of(csvLines(30, 60), false, false)));
  row("zstd", lines(0, 60), zstdOf(lines(0, 20)) + zstdOf(lines(20, 50)) + zstdOf(lines(50, 60)));
  row("gzip", lines(0, 60), gzipOf(lines(0, 20)) + gzipOf(lines(20, 50)) + gzipOf(lines(50, 60)));
}

void tst_PackedFiles::growLikeText() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, packed);
  const std::string expected = valuesOf("log", text.toStdString());
  const std::string file = packed.toStdString();
  StoreHarness store;
  for (std::size_t at = 0; at < file.size(); at += 83) {
    store.append("log", file.substr(at, 83));
    store.ingest(at % 2 == 0);
    if (at % 3 == 0)
      store.reopen();
  }
  store.ingest();
  QCOMPARE(store.values(), expected);
  QCOMPARE(store.overview().counts.quarantined, 0);
  QCOMPARE(store.inconsistency(), QString());
  for (const FileStatus &status : store.files())
    QCOMPARE(status.error, std::string());
}

void tst_PackedFiles::areFollowedWhenRotatedAndCompressed() {
  StoreHarness store;
  store.write("log", lines(0, 60));
  store.ingest();
  store.write("log.1.zst", zstdOf(lines(0, 60) + lines(60, 70)));
  store.remove("log");
  store.ingest();
  QCOMPARE(store.overview().readings, 70);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_PackedFiles::areDoneWhenTheyHoldNothing_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::newRow("gzip") << QByteArray::fromStdString(gzipOf(""));
  QTest::newRow("zstd") << QByteArray::fromStdString(zstdOf(""));
  QTest::newRow("UTF-16") << QByteArray("\xFF\xFE");
  QTest::newRow("Avro") << QByteArray::fromStdString(avroCapture({}));
  QTest::newRow("Avro in gzip") << QByteArray::fromStdString(gzipOf(avroCapture({}, "deflate")));
}

void tst_PackedFiles::areDoneWhenTheyHoldNothing() {
  QFETCH(QByteArray, file);
  StoreHarness store;
  store.write("a", file.toStdString());
  for (int i = 0; i < 2; ++i) {
    store.ingest();
    QCOMPARE(store.errors.size(), 0u);
    QCOMPARE(store.files().size(), 1u);
    QCOMPARE(store.files()[0].state, FileState::Done);
    QCOMPARE(store.overview().counts, RecordCounts());
  }
}

void tst_PackedFiles::giveAvroRecordsUpToTheDamage() {
  std::vector<std::string> bodies;
  for (int i = 0; i < 40; ++i)
    bodies.push_back(jsonLine("d", i, 21));
  std::string file = avroCapture(bodies, "deflate");
  file[file.size() - 3] = '!';
  StoreHarness store;
  store.write("05.avro", file);
  store.ingest();
  QCOMPARE(store.overview().counts.records, 30);
  QCOMPARE(store.errors.size(), 1u);
  QVERIFY(store.errors[0].message.ends_with("05.avro: an Avro block does not end where it says"));
  store.write("05.avro", avroCapture(bodies, "deflate"));
  store.ingest();
  QCOMPARE(store.overview().counts.records, 40);
}

void tst_PackedFiles::giveReadingsOfAzure_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::addColumn<QString>("device");
  const std::vector<std::string> bodies(8, R"({"temperature":26.25,"humidity":50})");
  QTest::newRow("Event Hubs Capture") << QByteArray::fromStdString(avroCapture(bodies)) << "capture 7";
  QTest::newRow("IoT Hub routing") << QByteArray::fromStdString(avroRouted(bodies)) << "routed 7";
}

void tst_PackedFiles::giveReadingsOfAzure() {
  QFETCH(QByteArray, file);
  QFETCH(QString, device);
  StoreHarness store;
  store.write("2023/11/14/22/13.avro", file.toStdString());
  store.ingest();
  const Overview overview = store.overview();
  QCOMPARE(overview.counts.accepted, 8);
  QCOMPARE(overview.counts.quarantined, 0);
  QCOMPARE(overview.devices.size(), 1u);
  QCOMPARE(QString::fromStdString(overview.devices[0].name), device);
  std::set<std::string> quantities;
  for (const Quantity &quantity : overview.quantities)
    quantities.insert(quantity.name);
  QCOMPARE(quantities, (std::set<std::string>{"temperature", "humidity"}));
  QVERIFY(store.values().find("2023-11-14T22:13:20.000000Z") != std::string::npos);
}

METEOROGRAPH_TEST(tst_PackedFiles)
#include "tst_PackedFiles.moc"
