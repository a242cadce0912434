// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
#include "core/store/Database.h"
#include "core/store/StoreReader.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <atomic>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace meteorograph;
using Json = nlohmann::json;

namespace {

const QString kVectors = QStringLiteral(METEOROGRAPH_SHARED_DATA "/vectors/spark_watermark.json");

/// What has no counterpart here, and why.
const std::map<std::string, const char *> kOther = {
    {"two-streams-min", "watermarks are the devices' own: no stream waits for another"}};

Json vectors() {
  std::ifstream file(kVectors.toStdString());
  return file ? Json::parse(file)["vectors"] : Json::array();
}

/// An engine into which numbered files of one device's readings go.
class Stream {
public:
  explicit Stream(TimeUs lateness) {
    EngineOptions options;
    options.store_path = m_folder.path().toStdString() + "/s.meteorograph";
    options.allowed_lateness_us = lateness;
    m_engine = std::move(*Engine::open(options));
  }
  bool take(const std::vector<TimeUs> &times) {
    const std::string path = m_folder.path().toStdString() + "/" + std::to_string(++m_files) + ".json";
    std::ofstream file(path);
    for (const TimeUs time : times)
      file << R"({"deviceId":"a","temperature":20,"time":")" << formatIsoTime(time) << "\"}\n";
    file.close();
    const std::atomic<bool> stop{false};
    const Result<IngestReport> report = m_engine->ingest({path}, stop);
    return report && report->readings == static_cast<std::int64_t>(times.size());
  }
  struct Window {
    std::int64_t count = 0;
    std::int64_t late = 0;
  };
  /// By start, of one level of windows.
  std::map<std::int64_t, Window> windows(const std::string &table) const {
    Result<Database> database = Database::open(store(), Database::Mode::ReadOnly);
    Statement rows = database->prepareOnce("SELECT start_s, temperature_count, late FROM " + table);
    std::map<std::int64_t, Window> all;
    while (rows.next())
      all[rows.integer(0)] = {rows.integer(1), rows.integer(2)};
    return all;
  }
  Overview overview() const { return *(*StoreReader::open(store()))->overview(); }

private:
  std::string store() const { return m_folder.path().toStdString() + "/s.meteorograph"; }
  QTemporaryDir m_folder;
  std::unique_ptr<Engine> m_engine;
  int m_files = 0;
};

using Counts = std::map<std::int64_t, std::int64_t>; ///< readings by start of their window

Counts countsOf(const Json &windows, std::int64_t window_s) {
  Counts counts;
  for (const Json &window : windows)
    counts[window["start"].get<std::int64_t>() / window_s] = window["count"].get<std::int64_t>();
  return counts;
}

/// A vector of windows, step by step. Its windows of some seconds are ours of one: time runs faster.
class Steps {
public:
  explicit Steps(const Json &vector)
      : m_vector(vector), m_windowSeconds(vector["window_s"]),
        m_stream(vector["delay_s"].get<std::int64_t>() * kSecond / m_windowSeconds) {}

  /// What differs; empty: nothing.
  std::string run() {
    for (const Json &step : m_vector["steps"])
      if (const std::string difference = run(step); !difference.empty())
        return difference + " at " + step.dump();
    return {};
  }

private:
  TimeUs scaled(const Json &seconds) const { return seconds.get<std::int64_t>() * kSecond / m_windowSeconds; }

  std::string run(const Json &step) {
    const std::map<std::int64_t, Stream::Window> before = m_seen;
    const TimeUs atStart = m_watermark;
    if (step.contains("watermark_at_batch_start") && !isWatermark(step["watermark_at_batch_start"]))
      return "the watermark before";
    std::vector<TimeUs> times;
    for (const Json &time : step["input"])
      times.push_back(scaled(time));
    if (!m_stream.take(times))
      return "not taken in";
    const Overview seen = m_stream.overview();
    m_watermark = seen.devices.at(0).watermark_us;
    m_seen = m_stream.windows("silver");
    if (step.contains("derived") && !isWatermark(step["derived"]["watermark_after"]))
      return "the watermark after";
    if (step.contains("state_windows_after") && seen.provisional_windows != step["state_windows_after"])
      return "provisional windows";
    const std::string late = compareLate(step, before);
    return late.empty() ? compareResult(step, before, atStart) : late;
  }

  /// Spark starts with 0, here there is none before the first reading.
  bool isWatermark(const Json &seconds) const {
    return m_watermark == kNoTime ? seconds == 0 : m_watermark == scaled(seconds);
  }

  /// Spark counts late rows after it has added up a batch's: one a window.
  std::string compareLate(const Json &step, const std::map<std::int64_t, Stream::Window> &before) const {
    std::int64_t rows = 0;
    std::int64_t windows = 0;
    for (const auto &[start, window] : m_seen) {
      const auto old = before.find(start);
      const std::int64_t late = window.late - (old == before.end() ? 0 : old->second.late);
      rows += late;
      windows += late > 0 ? 1 : 0;
    }
    if (step.contains("dropped_rows_metric") && windows != step["dropped_rows_metric"])
      return "windows with late readings: " + std::to_string(windows);
    const Json derived = step.value("derived", Json::object());
    if (derived.contains("raw_rows_late") && rows != derived["raw_rows_late"])
      return "late readings: " + std::to_string(rows);
    return {};
  }

  std::string compareResult(const Json &step, const std::map<std::int64_t, Stream::Window> &before,
                            TimeUs at_start) {
    const std::string mode = m_vector["output_mode"];
    const bool isComplete = mode == "complete";
    Counts seen;
    for (const auto &[start, window] : m_seen) {
      const auto old = before.find(start);
      const bool isNew = old == before.end();
      const bool grew = isNew || window.count > old->second.count;
      const bool isLate = window.late > (isNew ? 0 : old->second.late);
      // Without an empty batch behind each, what a batch closes comes with the next one.
      const TimeUs closing = m_vector["no_data_batches"] ? m_watermark : at_start;
      const bool isFinal = closing != kNoTime && (start + 1) * kSecond <= closing;
      if (mode == "append" ? isFinal && m_emitted.insert(start).second : isComplete || (grew && !isLate))
        seen[start] = window.count;
    }
    const Counts expected = countsOf(step[isComplete ? "result" : "emitted"], m_windowSeconds);
    return seen == expected ? std::string() : std::to_string(seen.size()) + " windows";
  }

  const Json &m_vector;
  std::int64_t m_windowSeconds;
  Stream m_stream;
  TimeUs m_watermark = kNoTime;
  std::map<std::int64_t, Stream::Window> m_seen;
  std::set<std::int64_t> m_emitted; ///< have been final before
};

TimeUs timeOf(const Json &text) { return parseIsoTime(text.get<std::string>())->time_us; }

} // namespace

/// Windows, watermarks and lateness as Spark's own tests have them, where ours are Spark's: the table of
/// the differences is in core/store/README.md.
class tst_SparkWatermark : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void agrees_data();
  void agrees();
};

void tst_SparkWatermark::initTestCase() {
  if (!QFile::exists(kVectors))
    QSKIP("the vectors are not here");
}

void tst_SparkWatermark::agrees_data() {
  QTest::addColumn<int>("index");
  const Json all = vectors();
  for (std::size_t i = 0; i < all.size(); ++i)
    QTest::addRow("%s", all[i]["id"].get<std::string>().c_str()) << static_cast<int>(i);
}

void tst_SparkWatermark::agrees() {
  QFETCH(int, index);
  const Json all = vectors();
  const Json &vector = all[static_cast<std::size_t>(index)];
  if (const auto other = kOther.find(vector["id"].get<std::string>()); other != kOther.end())
    QSKIP(other->second);
  if (vector["kind"] == "window_count") {
    const std::string difference = Steps(vector).run();
    QVERIFY2(difference.empty(), difference.c_str());
    return;
  }
  QCOMPARE(vector["kind"].get<std::string>(), std::string("window_assignment"));
  QCOMPARE(vector["window_s"].get<int>(), 10);
  // Our windows begin at the epoch: with another start, times are moved instead.
  const TimeUs offset = vector["start_time_s"].get<std::int64_t>() * kSecond;
  for (const Json &one : vector["cases"]) {
    Stream stream(0);
    QVERIFY(stream.take({timeOf(one["time"]) - offset}));
    const auto windows = stream.windows("rollup_10s");
    QCOMPARE(windows.size(), std::size_t{1});
    QCOMPARE(windows.begin()->first * kSecond + offset, timeOf(one["start"]));
    QCOMPARE((windows.begin()->first + 10) * kSecond + offset, timeOf(one["end"]));
  }
}

METEOROGRAPH_TEST(tst_SparkWatermark)
#include "tst_SparkWatermark.moc"
