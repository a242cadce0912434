// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Simulator.h"
#include "tests/support/TestMain.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

using namespace meteorograph;
using Json = nlohmann::ordered_json;

namespace {

const std::atomic<bool> kGoOn{false};
constexpr std::uint64_t kExpectedHash = 14166997251522606596ULL;

/// Path below the folder → content, in the order of paths.
std::map<std::string, std::string> filesBelow(const std::string &folder) {
  std::map<std::string, std::string> files;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file())
      continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), folder)] =
        std::string(std::istreambuf_iterator<char>(stream), {});
  }
  return files;
}

std::vector<std::string> linesBelow(const std::string &folder) {
  std::vector<std::string> lines;
  for (const auto &[path, text] : filesBelow(folder)) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      lines.push_back(text.substr(at, end - at));
      at = end == std::string::npos ? text.size() : end + 1;
    }
  }
  return lines;
}

TimeUs timeOf(const Json &reading) {
  return parseIsoTime(reading["EventEnqueuedUtcTime"].get<std::string>())->time_us;
}

} // namespace

class tst_Simulator : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  SimulatorOptions fast(const char *name = "out") const {
    SimulatorOptions options;
    options.folder = m_folder.filePath(name).toStdString();
    options.fast = true;
    return options;
  }

  /// Two simulated hours with late and bad lines.
  SimulatorOptions damaged(const char *name) const {
    SimulatorOptions options = fast(name);
    options.devices = 5;
    options.rate_hz = 1.0 / 3;
    options.duration_s = 7'200;
    options.late_fraction = 0.1;
    options.bad_fraction = 0.05;
    return options;
  }

private Q_SLOTS:
  void cleanup() {
    QDir(m_folder.path()).removeRecursively();
    QDir().mkpath(m_folder.path());
  }

  void writesTheStreamAnalyticsShape() {
    QVERIFY(simulate(fast(), kGoOn));
    const Json reading = Json::parse(linesBelow(fast().folder).at(4));
    std::vector<std::string> keys;
    for (const auto &[key, value] : reading.items())
      keys.push_back(key);
    const std::vector<std::string> expected = {"messageId",   "deviceId",
                                               "temperature", "humidity",
                                               "pressure",    "EventProcessedUtcTime",
                                               "PartitionId", "EventEnqueuedUtcTime",
                                               "IoTHub"};
    QCOMPARE(keys, expected);
    QCOMPARE(reading["messageId"].get<int>(), 2);
    QCOMPARE(reading["deviceId"].get<std::string>(), "Raspberry Pi 02");
    QCOMPARE(reading["IoTHub"]["ConnectionDeviceId"].get<std::string>(), "raspberry-pi-02");
    QVERIFY(reading["IoTHub"]["MessageId"].is_null());
    QCOMPARE(reading["EventEnqueuedUtcTime"].get<std::string>().size(), std::size_t(28));
    QVERIFY(timeOf(reading) >= fast().start_us + kSecond && timeOf(reading) < fast().start_us + 2 * kSecond);
  }

  void countsFollowFromTheArguments_data() {
    QTest::addColumn<int>("devices");
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("duration");
    QTest::addColumn<int>("lines");
    QTest::newRow("default") << 3 << 1.0 << 60.0 << 180;
    QTest::newRow("one device") << 1 << 1.0 << 10.0 << 10;
    QTest::newRow("fraction of a hertz") << 2 << 0.1 << 60.0 << 12;
    QTest::newRow("rate that is no binary fraction") << 1 << 0.7 << 10.0 << 7;
    QTest::newRow("fast") << 4 << 400.0 << 2.5 << 4000;
    QTest::newRow("first tick alone") << 5 << 0.01 << 60.0 << 5;
    QTest::newRow("nothing") << 3 << 1.0 << 0.0 << 0;
  }
  void countsFollowFromTheArguments() {
    QFETCH(int, devices);
    QFETCH(double, rate);
    QFETCH(double, duration);
    QFETCH(int, lines);
    SimulatorOptions options = fast();
    options.devices = devices;
    options.rate_hz = rate;
    options.duration_s = duration;
    const Result<SimulatorReport> report = simulate(options, kGoOn);
    QVERIFY(report);
    QCOMPARE(report->readings, lines);
    QCOMPARE(linesBelow(options.folder).size(), static_cast<std::size_t>(lines));
    QCOMPARE(filesBelow(options.folder).size(), static_cast<std::size_t>(report->files));
  }

  void bytesDependOnTheArgumentsAlone() {
    SimulatorOptions one = damaged("one");
    SimulatorOptions two = damaged("two");
    SimulatorOptions other = damaged("other");
    other.seed = 2;
    QVERIFY(simulate(one, kGoOn) && simulate(two, kGoOn) && simulate(other, kGoOn));
    QVERIFY(filesBelow(one.folder) == filesBelow(two.folder));
    QVERIFY(filesBelow(one.folder) != filesBelow(other.folder));
  }

  /// Written once and for all: whoever changes these bytes changes every file that a seed stands for.
  void bytesStayTheSameFromVersionToVersion() {
    SimulatorOptions options = damaged("out");
    QVERIFY(simulate(options, kGoOn));
    std::uint64_t hash = 14'695'981'039'346'656'037ULL; // FNV-1a
    for (const auto &[path, text] : filesBelow(options.folder))
      for (const char byte : path + text)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211ULL;
    QCOMPARE(hash, kExpectedHash);
  }

  void everyLineIsAReadingOrBad() {
    const SimulatorOptions options = damaged("out");
    const Result<SimulatorReport> report = simulate(options, kGoOn);
    QVERIFY(report);
    std::int64_t good = 0;
    for (const std::string &line : linesBelow(options.folder))
      good += Json::accept(line) ? 1 : 0;
    QCOMPARE(report->readings + report->bad, 12'000);
    QCOMPARE(report->readings, good);
    QCOMPARE(report->bad, 600);
    QCOMPARE(report->late, 1'200);
  }

  void badLinesOfEveryKindAreOneBadRecord() {
    SimulatorOptions options = damaged("out");
    QVERIFY(simulate(options, kGoOn));
    std::size_t without_brace = 0;
    std::size_t closed = 0;
    for (const std::string &line : linesBelow(options.folder)) {
      if (Json::accept(line))
        continue;
      without_brace += line.front() != '{' ? 1 : 0;
      closed += line.back() == '}' ? 1 : 0;
      QVERIFY2(!line.empty() && line.find('\r') == std::string::npos, line.c_str());
      for (std::size_t at = line.find('}'); at != std::string::npos; at = line.find('}', at + 1))
        QVERIFY2(!Json::accept(line.substr(0, at + 1)), line.c_str());
    }
    QVERIFY(without_brace > 50);
    QVERIFY(closed > 50);
  }

  void aFileNeverBeginsWithABadLine() {
    SimulatorOptions options = damaged("out");
    options.bad_fraction = 0.6;
    QVERIFY(simulate(options, kGoOn));
    for (const auto &[path, text] : filesBelow(options.folder))
      QVERIFY(Json::accept(text.substr(0, text.find('\n'))));
  }

  void lateRecordsLieBehindTheNewestOfTheirDevice() {
    const SimulatorOptions options = damaged("out");
    const Result<SimulatorReport> report = simulate(options, kGoOn);
    QVERIFY(report);
    std::map<std::string, TimeUs> newest;
    std::int64_t late = 0;
    for (const std::string &line : linesBelow(options.folder)) {
      const Json reading = Json::parse(line, nullptr, false);
      if (reading.is_discarded())
        continue;
      const auto [found, first] = newest.try_emplace(reading["deviceId"], timeOf(reading));
      if (first)
        continue;
      const TimeUs step = timeOf(reading) - found->second;
      found->second = std::max(found->second, timeOf(reading));
      if (step > 0)
        continue;
      ++late;
      QVERIFY(-step >= 10 * kMinute + kSecond && -step <= kHour);
    }
    QCOMPARE(late, report->late);
  }

  void filesFollowOneAnotherInTime() {
    SimulatorOptions options = fast();
    options.duration_s = 3 * 3600.0;
    QVERIFY(simulate(options, kGoOn));
    const auto files = filesBelow(options.folder);
    QCOMPARE(files.size(), std::size_t(18));
    QCOMPARE(files.begin()->first, std::string("2024/01/01/00/2024-01-01T00-00-00.000000Z.json"));
    TimeUs previous = kEarliestTime;
    for (const auto &[path, text] : files) {
      const TimeUs first = timeOf(Json::parse(text.substr(0, text.find('\n'))));
      QVERIFY(first > previous);
      QCOMPARE(text.back(), '\n');
      previous = first;
    }
  }

  void filesStayBelowSomeMegabytes() {
    SimulatorOptions options = fast();
    options.rate_hz = 1000;
    options.duration_s = 10;
    QVERIFY(simulate(options, kGoOn));
    const auto files = filesBelow(options.folder);
    QVERIFY(files.size() >= 3);
    for (const auto &[path, text] : files)
      QVERIFY(text.size() < 4'400'000);
  }

  void valuesHaveTheSensorsResolutionAndADailyCourse() {
    SimulatorOptions options = fast();
    options.devices = 1;
    options.rate_hz = 1.0 / 60;
    options.duration_s = 2 * 86'400.0;
    QVERIFY(simulate(options, kGoOn));
    double low = 1e9;
    double high = -1e9;
    for (const std::string &line : linesBelow(options.folder)) {
      const Json reading = Json::parse(line);
      const double humidity = reading["humidity"];
      const double pressure = reading["pressure"];
      QVERIFY(std::abs(humidity / 0.008 - std::round(humidity / 0.008)) < 1e-6);
      QVERIFY(std::abs(pressure / 0.0018 - std::round(pressure / 0.0018)) < 1e-4);
      QVERIFY(humidity > 10 && humidity < 100 && pressure > 980 && pressure < 1045);
      low = std::min(low, reading["temperature"].get<double>());
      high = std::max(high, reading["temperature"].get<double>());
    }
    QVERIFY(high - low > 3 && high - low < 20 && low > -10 && high < 45);
  }

  void lateReadingsLieOnTheCurve() {
    SimulatorOptions options = damaged("out");
    options.devices = 1;
    options.duration_s = 3 * 3600.0;
    options.bad_fraction = 0;
    QVERIFY(simulate(options, kGoOn));
    std::map<TimeUs, double> curve;
    for (const std::string &line : linesBelow(options.folder)) {
      const Json reading = Json::parse(line);
      curve[timeOf(reading)] = reading["temperature"];
    }
    // Readings are at most some seconds apart where late and punctual ones meet.
    const auto first = curve.lower_bound(options.start_us + kHour);
    for (auto at = std::next(first); at != curve.end(); ++at)
      QVERIFY(std::abs(at->second - std::prev(at)->second) < 0.5);
  }

  void writesLiveLinesWholeAndStopsAtOnce() {
    SimulatorOptions options = fast();
    options.fast = false;
    options.rate_hz = 20;
    options.duration_s.reset();
    std::atomic<bool> stop{false};
    Result<SimulatorReport> report;
    std::thread thread([&] { report = simulate(options, stop); });
    const auto lines = [&] {
      return std::filesystem::exists(options.folder) ? linesBelow(options.folder).size() : 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(lines() >= 30, 10'000);
    for (const auto &[path, text] : filesBelow(options.folder))
      QVERIFY(text.empty() || text.back() == '\n');
    QElapsedTimer timer;
    timer.start();
    stop = true;
    thread.join();
    QVERIFY2(timer.elapsed() < 10'000, "milliseconds; waiting for the end would take for ever");
    QVERIFY(report);
    const std::vector<std::string> all = linesBelow(options.folder);
    QCOMPARE(all.size(), static_cast<std::size_t>(report->readings));
    const TimeUs age = wallClockNow() - timeOf(Json::parse(all.back()));
    QVERIFY(age >= 0 && age < 5 * kSecond);
  }

  void refusesNonsense_data() {
    QTest::addColumn<std::function<void(SimulatorOptions &)>>("change");
    const auto row = [](const char *name, std::function<void(SimulatorOptions &)> change) {
      QTest::newRow(name) << std::move(change);
    };
    row("no folder", [](SimulatorOptions &options) { options.folder.clear(); });
    row("no device", [](SimulatorOptions &options) { options.devices = 0; });
    row("no rate", [](SimulatorOptions &options) { options.rate_hz = 0; });
    row("rate is no number", [](SimulatorOptions &options) { options.rate_hz = std::nan(""); });
    row("negative duration", [](SimulatorOptions &options) { options.duration_s = -1; });
    row("fraction above 1", [](SimulatorOptions &options) { options.late_fraction = 1.1; });
    row("negative fraction", [](SimulatorOptions &options) { options.bad_fraction = -0.1; });
    row("more than all", [](SimulatorOptions &options) {
      options.late_fraction = 0.6;
      options.bad_fraction = 0.6;
    });
    row("beyond the year 9999",
        [](SimulatorOptions &options) { options.duration_s = 9e9, options.start_us = kLatestTime - kDay; });
  }
  void refusesNonsense() {
    QFETCH(std::function<void(SimulatorOptions &)>, change);
    SimulatorOptions options = fast();
    change(options);
    const Result<SimulatorReport> report = simulate(options, kGoOn);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Usage);
  }

  void saysWhatCannotBeWritten() {
    std::ofstream(m_folder.filePath("file").toStdString()) << "in the way";
    SimulatorOptions options = fast("file/below");
    const Result<SimulatorReport> report = simulate(options, kGoOn);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Unwritable);
    QVERIFY(report.error().message.find(options.folder) != std::string::npos);
  }
};

METEOROGRAPH_TEST(tst_Simulator)
#include "tst_Simulator.moc"
