// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
#include "core/store/Database.h"
#include "tests/support/AvroWriter.h"
#include "tests/support/Packing.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <sys/stat.h>

using namespace meteorograph;

namespace {

constexpr int kFiles = 10'000;
constexpr int kReadings = 4; ///< a file
constexpr int kKinds = 14;

/// Quarters are exact in every format, and so are their sums.
double temperature(int file, int i) { return 15 + (file % 40) / 4.0 + i; }

std::string number(double value) { return QByteArray::number(value, 'f', 2).toStdString(); }
std::string commaNumber(double value) {
  std::string text = number(value);
  text[text.find('.')] = ',';
  return text;
}
std::string timeOf(int file, int i) {
  return formatIsoTime(1'700'000'000 * kSecond + (file * 60 + i) * kSecond);
}
std::string epochOf(int file, int i) { return std::to_string(1'700'000'000 + file * 60 + i); }
std::string deviceOf(int file) { return "sensor " + std::to_string(file % 25); }

/// A line or record a reading, between a beginning and an end.
template <class Line>
std::string textOf(int file, const std::string &begin, Line line, const std::string &end = {}) {
  std::string text = begin;
  for (int i = 0; i < kReadings; ++i)
    text += line(file, i);
  return text + end;
}

std::string object(int file, int i) {
  return "{\"device\":\"" + deviceOf(file) + "\",\"time\":\"" + timeOf(file, i) +
         "\",\"temperature\":" + number(temperature(file, i)) + "}";
}
std::string objectLine(int file, int i) { return object(file, i) + "\n"; }
std::string objectItem(int file, int i) { return object(file, i) + (i + 1 < kReadings ? ",\n" : "\n"); }
std::string commaLine(int file, int i) {
  return timeOf(file, i) + "," + deviceOf(file) + "," + number(temperature(file, i)) + "\n";
}
std::string germanLine(int file, int i) {
  return timeOf(file, i) + ";\"" + deviceOf(file) + "\";" + commaNumber(temperature(file, i)) + "\r\n";
}
std::string protocolLine(int file, int i) {
  return "weather,device=sensor\\ " + std::to_string(file % 25) +
         " temperature=" + number(temperature(file, i)) + " " + epochOf(file, i) + "000000000\n";
}
std::string tabLine(int file, int i) {
  return epochOf(file, i) + "\t" + number(temperature(file, i)) + "\t" + deviceOf(file) + "\n";
}

const std::string kCommaHeader = "time,device,temperature\n";
const std::string kGermanHeader = "\xEF\xBB\xBFtime;device;temperature (\xC2\xB0"
                                  "C)\r\n";
const std::string kTabHeader = "timestamp\ttemp\tdevice\n";

std::string avroOf(int file) {
  AvroWriter writer(R"({"type":"record","name":"R","fields":[{"name":"device","type":"string"},
    {"name":"time","type":{"type":"long","logicalType":"timestamp-millis"}},
    {"name":"temperature","type":["null","double"]}]})",
                    file % 2 == 0 ? "snappy" : "deflate");
  std::vector<std::string> data;
  for (int i = 0; i < kReadings; ++i)
    data.push_back(avroSized(deviceOf(file)) + avroLong((1'700'000'000LL + file * 60 + i) * 1000) +
                   avroLong(1) + avroDouble(temperature(file, i)));
  writer.block(data);
  return writer.container();
}

std::string captureOf(int file) {
  std::vector<std::string> bodies;
  for (int i = 0; i < kReadings; ++i)
    bodies.push_back(object(file, i));
  return avroCapture(bodies, "deflate");
}

std::string contentOf(int file) {
  switch (file % kKinds) {
  case 0:
    return textOf(file, "", objectLine);
  case 1:
    return textOf(file, "[", objectItem, "]");
  case 2:
    return textOf(file, "[\n", objectItem); // not ended yet
  case 3:
    return textOf(file, kCommaHeader, commaLine);
  case 4:
    return textOf(file, kGermanHeader, germanLine);
  case 5:
    return textOf(file, "# a remark\n" + kTabHeader, tabLine);
  case 6:
    return gzipOf(textOf(file, "", objectLine));
  case 7:
    return zstdOf(textOf(file, kCommaHeader, commaLine));
  case 8:
    return utf16Of(textOf(file, kGermanHeader.substr(3), germanLine), file % 24 == 8);
  case 9:
    return gzipOf(utf16Of(textOf(file, kTabHeader, tabLine), false));
  case 10:
    return avroOf(file);
  case 11:
    return captureOf(file);
  case 12:
    return textOf(file, "", protocolLine);
  default:
    return textOf(file, "", [](int f, int i) { return object(f, i); }); // without separators
  }
}

class Tree {
public:
  std::string root() const { return m_folder.path().toStdString() + "/data"; }
  std::string store() const { return m_folder.path().toStdString() + "/s.meteorograph"; }
  std::string path(const std::string &name) const { return root() + "/" + name; }
  void write(const std::string &name, const std::string &content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }

private:
  QTemporaryDir m_folder;
};

/// Names say nothing about what is in a file.
void writeGood(const Tree &tree) {
  static constexpr const char *kEndings[] = {".json", ".csv", "", ".log", ".txt", ".db"};
  for (int folder = 0; folder < 100; ++folder)
    std::filesystem::create_directories(
        tree.path("site " + std::to_string(folder % 10) + "/" + std::to_string(folder)));
  for (int file = 0; file < kFiles; ++file)
    tree.write("site " + std::to_string(file % 10) + "/" + std::to_string(file % 100) + "/f" +
                   std::to_string(file) + kEndings[file % 6],
               contentOf(file));
}

/// What cannot be read, and what is left out without a word.
std::set<std::string> writeBad(const Tree &tree) {
  std::string damaged = gzipOf(textOf(0, "", objectLine));
  damaged[10] = '\xFF'; // no block begins so
  tree.write("damaged.gz", damaged);
  std::string avro = avroOf(1);
  avro.back() = '!';
  tree.write("damaged.avro", avro);
  std::string noise(5000, '\0');
  for (std::size_t i = 0; i < noise.size(); ++i)
    noise[i] = static_cast<char>(i * i + 127);
  tree.write("photo.jpg", noise);
  tree.write("letter.txt", "Dear reader\nthis is a letter\n");
  SqliteFile(tree.path("notes.db")).execute("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('x')");
  tree.write("empty.json", "");
  tree.write("empty.gz", gzipOf(""));
  tree.write("_hidden.json", textOf(0, "", objectLine));
  ::mkfifo(tree.path("pipe.json").c_str(), 0600);
  std::filesystem::create_directory(tree.path("folder.csv"));
  std::filesystem::create_symlink("nowhere", tree.path("link.csv"));
  return {"damaged.gz", "damaged.avro", "photo.jpg", "letter.txt", "notes.db"};
}

double sumOf(const std::string &store) {
  Result<Database> database = Database::open(store, Database::Mode::ReadOnly);
  Statement sum = database->prepare("SELECT sum(temperature) FROM bronze");
  return sum.next() ? sum.real(0) : 0;
}

} // namespace

/// A tree as it grows over years, of everything that sensors write.
class tst_ManyFiles : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void areTakenInAtOnce();
};

void tst_ManyFiles::areTakenInAtOnce() {
  const Tree tree;
  writeGood(tree);
  const std::set<std::string> bad = writeBad(tree);
  EngineOptions options;
  options.store_path = tree.store();
  const Result<std::unique_ptr<Engine>> engine = Engine::open(options);
  QVERIFY(engine);
  const std::atomic<bool> stop{false};
  const Result<IngestReport> report = (*engine)->ingest({tree.root()}, stop);
  QVERIFY(report);
  std::set<std::string> failed;
  for (const Error &error : report->errors)
    for (const std::string &name : bad)
      if (error.message.find("/" + name) != std::string::npos)
        failed.insert(name);
  QVERIFY(failed == bad);
  QCOMPARE(report->errors.size(), bad.size());
  QCOMPARE(report->readings, kFiles * kReadings);
  QCOMPARE(report->counts.accepted, kFiles * kReadings);
  QCOMPARE(report->counts.quarantined, 0);
  QCOMPARE(report->devices, 25);
  double expected = 0;
  for (int file = 0; file < kFiles; ++file)
    for (int i = 0; i < kReadings; ++i)
      expected += temperature(file, i);
  QCOMPARE(sumOf(tree.store()), expected);

  const Result<IngestReport> again = (*engine)->ingest({tree.root()}, stop);
  QVERIFY(again);
  QCOMPARE(again->counts, RecordCounts());
}

METEOROGRAPH_TEST(tst_ManyFiles)
#include "tst_ManyFiles.moc"
