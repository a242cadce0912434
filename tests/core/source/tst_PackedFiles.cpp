// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Packing.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

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

METEOROGRAPH_TEST(tst_PackedFiles)
#include "tst_PackedFiles.moc"
