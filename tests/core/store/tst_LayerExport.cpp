// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ReadingStore.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <random>
#include <tuple>

using namespace meteorograph;
using Reading = ReadingStore::Reading;

namespace {

constexpr TimeUs kStart = 1'700'000'000 * kSecond;
constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

bool near(double a, double b) { return std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b)); }

/// Three devices over seconds, days and decades, some of it before 1970; gaps, and quantities that come
/// and go; committed in several parts that overlap.
void fillAtRandom(ReadingStore &store) {
  std::mt19937 random(7);
  const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  for (int part = 0; part < 6; ++part) {
    std::vector<Reading> readings;
    const TimeUs from = part == 0 ? -40 * kSecond : part == 1 ? -3650 * kDay : kStart + below(4000) * kSecond;
    for (TimeUs time = from, i = 0; i < 1500; ++i) {
      time += below(10) == 0 ? below(90) * kSecond : below(400) * kMillisecond;
      const double a = below(3) == 0 ? kAbsent : below(1000) / 10.0;
      const double b = below(3) == 0 && !std::isnan(a) ? kAbsent : -below(1000) / 8.0;
      readings.push_back({std::string(1, static_cast<char>('x' + below(3))), time, {a, b}});
    }
    store.commit(readings);
  }
}

/// Open, or between two moments that lie within the data, not on a second.
void addRanges() {
  QTest::addColumn<bool>("cut");
  QTest::newRow("all") << false;
  QTest::newRow("a range") << true;
}

ExportRequest requestFor(bool cut) {
  ExportRequest request;
  if (cut) {
    request.from_us = kStart + 1000 * kSecond + 1;
    request.to_us = kStart + 3000 * kSecond + 999'999;
  }
  return request;
}

bool holds(const ExportRequest &request, TimeUs time) {
  return (!request.from_us || time >= *request.from_us) && (!request.to_us || time < *request.to_us);
}

} // namespace

class tst_LayerExport : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void bronzeEqualsASlowReference_data() { addRanges(); }
  void bronzeEqualsASlowReference();
  void bronzeKeepsItsOrderWhereAnHourIsManyPages();
  void bronzeKeepsEveryReadingOfOneMoment();
  void silverEqualsASlowReference_data();
  void silverEqualsASlowReference();
  void goldEqualsASlowReference_data() { addRanges(); }
  void goldEqualsASlowReference();
  void leavesTheLogShortWhileOthersCommit_data();
  void leavesTheLogShortWhileOthersCommit();
};

namespace {

/// What bronze must be: by device, time and line.
std::vector<std::tuple<std::string, TimeUs, std::int64_t>> expectedBronze(const ReadingStore &store,
                                                                          const ExportRequest &request) {
  std::vector<std::tuple<std::string, TimeUs, std::int64_t>> rows;
  for (std::size_t i = 0; i < store.readings().size(); ++i)
    if (holds(request, store.readings()[i].time_us))
      rows.emplace_back(store.readings()[i].device, store.readings()[i].time_us, i + 1);
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// The same as exported; equal times may come in any order of their lines.
std::vector<std::tuple<std::string, TimeUs, std::int64_t>> exportedBronze(ReadingStore &store,
                                                                          const ExportRequest &request) {
  std::vector<std::tuple<std::string, TimeUs, std::int64_t>> rows;
  bool ordered = true;
  const Result<void> done = store.reader().exportBronze(request, [&](const BronzeRow &row) {
    const std::tuple key(std::string(row.device), row.event_time_us, row.line);
    ordered = ordered && (rows.empty() || std::tie(std::get<0>(rows.back()), std::get<1>(rows.back())) <=
                                              std::tie(std::get<0>(key), std::get<1>(key)));
    const Reading &reading = store.readings()[static_cast<std::size_t>(row.line - 1)];
    for (std::size_t q = 0; q < row.values.size(); ++q)
      ordered = ordered && (std::isnan(row.values[q]) ? std::isnan(reading.values[q])
                                                      : row.values[q] == reading.values[q]);
    rows.push_back(key);
    return true;
  });
  if (!done || !ordered)
    return {};
  std::sort(rows.begin(), rows.end());
  return rows;
}

} // namespace

void tst_LayerExport::bronzeEqualsASlowReference() {
  QFETCH(bool, cut);
  ReadingStore store;
  fillAtRandom(store);
  ExportRequest request = requestFor(cut);
  request.quantities = {1, 2};
  QVERIFY(!expectedBronze(store, request).empty());
  QVERIFY(exportedBronze(store, request) == expectedBronze(store, request));
}

void tst_LayerExport::bronzeKeepsItsOrderWhereAnHourIsManyPages() {
  ReadingStore store;
  // Each commit spans the hour, one of them in a burst.
  for (int part = 0; part < 4; ++part) {
    std::vector<Reading> readings;
    for (int i = 0; i < 80'000; ++i)
      readings.push_back({"d", kStart + (part == 3 ? i : i * 30 * kMillisecond + part * 7), {double(i)}});
    store.commit(readings);
  }
  const ExportRequest request;
  QVERIFY(exportedBronze(store, request) == expectedBronze(store, request));
}

void tst_LayerExport::bronzeKeepsEveryReadingOfOneMoment() {
  ReadingStore store;
  std::vector<Reading> readings(300'000, {"d", kStart, {1.5}});
  readings.push_back({"d", kStart - 1, {1.5}});
  readings.push_back({"d", kStart + 1, {1.5}});
  store.commit(readings);
  const ExportRequest request;
  QVERIFY(exportedBronze(store, request) == expectedBronze(store, request));
}

void tst_LayerExport::silverEqualsASlowReference_data() {
  QTest::addColumn<bool>("cut");
  QTest::addColumn<qlonglong>("step_s");
  for (const qlonglong step : {1, 10, 60, 600, 3600}) {
    QTest::addRow("%lld s", step) << false << step;
    QTest::addRow("%lld s, a range", step) << true << step;
  }
}

void tst_LayerExport::silverEqualsASlowReference() {
  QFETCH(bool, cut);
  QFETCH(qlonglong, step_s);
  ReadingStore store;
  fillAtRandom(store);
  ExportRequest request = requestFor(cut);
  request.window_us = step_s * kSecond;
  std::vector<std::tuple<std::string, std::int64_t, std::string>> keys;
  std::map<std::tuple<std::string, std::int64_t, std::string>, ReadingStore::Window> expected;
  for (const char *device : {"x", "y", "z"})
    for (std::size_t q = 0; q < 2; ++q)
      for (const auto &[start, window] : store.windows(device, q, step_s))
        if (holds(request, start * kSecond))
          expected[{device, start, q == 0 ? "a" : "b"}] = window;
  QVERIFY(!expected.empty());
  bool equal = true;
  QVERIFY(store.reader().exportSilver(request, [&](const SilverRow &row) {
    keys.emplace_back(row.device, row.start_us / kSecond, row.quantity);
    const auto found = expected.find(keys.back());
    if (found == expected.end())
      return equal = false;
    const ReadingStore::Window &window = found->second;
    equal = equal && row.count == window.count && row.min == window.min && row.max == window.max &&
            near(row.mean, window.mean());
    return equal;
  }));
  QVERIFY(equal);
  QCOMPARE(keys.size(), expected.size());
  QVERIFY(std::is_sorted(keys.begin(), keys.end()));
}

void tst_LayerExport::goldEqualsASlowReference() {
  QFETCH(bool, cut);
  ReadingStore store;
  fillAtRandom(store);
  const ExportRequest request = requestFor(cut);
  std::map<std::pair<std::string, std::string>, std::map<std::int64_t, ReadingStore::Window>> windows;
  std::size_t expected = 0;
  for (const char *device : {"x", "y", "z"})
    for (std::size_t q = 0; q < 2; ++q) {
      windows[{device, q == 0 ? "a" : "b"}] = store.windows(device, q, 1);
      for (const auto &[start, window] : windows[{device, q == 0 ? "a" : "b"}])
        expected += holds(request, start * kSecond);
    }
  std::size_t rows = 0;
  bool equal = true;
  QVERIFY(store.reader().exportGold(request, [&](const GoldRow &row) {
    ++rows;
    const auto &line = windows[{std::string(row.device), std::string(row.quantity)}];
    const std::int64_t start = row.start_us / kSecond;
    equal = line.contains(start) && near(row.mean, line.at(start).mean()) &&
            near(row.ma_8, ReadingStore::averageOfLast(line, start, 8)) &&
            near(row.ma_15s, ReadingStore::average(line, start, 15)) &&
            near(row.ma_60s, ReadingStore::average(line, start, 60));
    return equal;
  }));
  QVERIFY(equal);
  QCOMPARE(rows, expected);
}

void tst_LayerExport::leavesTheLogShortWhileOthersCommit_data() {
  QTest::addColumn<int>("layer");
  QTest::newRow("bronze") << int(Layer::Bronze);
  QTest::newRow("silver") << int(Layer::Silver);
  QTest::newRow("gold") << int(Layer::Gold);
}

/// A receiver that is so slow that a commit falls on every thousandth row.
void tst_LayerExport::leavesTheLogShortWhileOthersCommit() {
  QFETCH(int, layer);
  ReadingStore store;
  constexpr int kRows = 100'000;
  std::vector<Reading> readings;
  for (int i = 0; i < kRows; ++i)
    readings.push_back({"d", kStart + i * kSecond, {double(i)}});
  store.commit(readings);
  store.checkpoint();
  std::int64_t first = 0;
  std::int64_t longest = 0;
  TimeUs last = 0;
  int rows = 0;
  int old = 0;
  const auto receive = [&](TimeUs time) {
    const bool inOrder = time > last;
    last = time;
    old += time < kStart + kRows * kSecond;
    if (++rows % 1000 == 0 && rows <= kRows) {
      // Behind all the rest, and ever again at the same places.
      std::vector<Reading> more;
      for (int i = 0; i < 200; ++i)
        more.push_back({"e", kStart + (rows * 17 + i * 211) % 50'000 * kSecond + rows, {1.0}});
      more.push_back({"d", kStart + (kRows + rows) * kSecond, {2.0}});
      store.commit(more);
      first = first == 0 ? store.logBytes() : first;
      longest = std::max(longest, store.logBytes());
      store.checkpoint();
    }
    return inOrder;
  };
  ExportRequest request;
  request.devices = {store.idOf("d")};
  StoreReader &reader = store.reader();
  const auto done = layer == int(Layer::Bronze)
                        ? reader.exportBronze(request, [&](auto &row) { return receive(row.event_time_us); })
                    : layer == int(Layer::Silver)
                        ? reader.exportSilver(request, [&](auto &row) { return receive(row.start_us); })
                        : reader.exportGold(request, [&](auto &row) { return receive(row.start_us); });
  QVERIFY(done);
  QCOMPARE(old, kRows);
  QVERIFY2(longest < 10 * first, qPrintable(QString("%1 bytes, at first %2").arg(longest).arg(first)));
}

METEOROGRAPH_TEST(tst_LayerExport)
#include "tst_LayerExport.moc"
