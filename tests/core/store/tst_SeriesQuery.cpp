// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ReadingStore.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <random>

using namespace meteorograph;
using Reading = ReadingStore::Reading;

namespace {

constexpr TimeUs kStart = 1'700'000'000 * kSecond;
constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}); }

/// Two devices with 20,000 readings each, 1 s to some minutes apart, of which some lack a quantity.
void fill(ReadingStore &store) {
  std::mt19937 random(3);
  const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Reading> readings;
  for (const char *device : {"x", "y"})
    for (TimeUs time = kStart, i = 0; i < 20'000; ++i) {
      time += below(100) == 0 ? below(900) * kSecond : kSecond;
      const double a = below(5) == 0 ? kAbsent : below(1000) / 10.0;
      readings.push_back({device, time, {a, std::isnan(a) ? 1.0 : below(2) ? kAbsent : below(1000) / 8.0}});
    }
  store.commit(readings);
}

/// The windows of one pixel column, folded as SeriesPoint says.
struct Column {
  SeriesPoint point;
  double sum = 0;
};

std::map<int, Column> columnsOf(const std::map<std::int64_t, ReadingStore::Window> &windows,
                                const SeriesRequest &request) {
  std::map<int, Column> columns;
  for (const auto &[start, window] : windows) {
    const TimeUs time = start * kSecond;
    if (time < request.from_us || time >= request.to_us)
      continue;
    const auto at =
        static_cast<int>((time - request.from_us) * request.columns / (request.to_us - request.from_us));
    const auto [column, fresh] = columns.try_emplace(at);
    SeriesPoint &point = column->second.point;
    if (fresh) {
      point.first_us = time;
      point.first = window.mean();
      point.min = window.min;
      point.max = window.max;
    }
    point.last_us = time;
    point.last = window.mean();
    point.min = std::min(point.min, window.min);
    point.max = std::max(point.max, window.max);
    point.count += window.count;
    column->second.sum += window.sum;
  }
  return columns;
}

} // namespace

class tst_SeriesQuery : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void equalsASlowReference_data();
  void equalsASlowReference();
  void answersForMoreQuantitiesThanOneCallTakes();
  void endsWhenItIsWithdrawn();
};

void tst_SeriesQuery::equalsASlowReference_data() {
  QTest::addColumn<qlonglong>("from_s");
  QTest::addColumn<qlonglong>("range_s");
  QTest::addColumn<int>("columns");
  QTest::addColumn<qlonglong>("step_s");
  QTest::newRow("silver, odd edges") << 3333LL << 777LL << 100 << 1LL;
  QTest::newRow("silver, nearly the next level") << 500LL << 4990LL << 500 << 1LL;
  QTest::newRow("10 s") << 500LL << 10'000LL << 500 << 10LL;
  QTest::newRow("60 s") << 7LL << 20'000LL << 300 << 60LL;
  QTest::newRow("600 s, beyond all data") << -50'000LL << 200'000LL << 299 << 600LL;
  QTest::newRow("one column") << 1000LL << 50LL << 1 << 10LL;
}

void tst_SeriesQuery::equalsASlowReference() {
  QFETCH(qlonglong, from_s);
  QFETCH(qlonglong, range_s);
  QFETCH(int, columns);
  QFETCH(qlonglong, step_s);
  ReadingStore store;
  fill(store);
  SeriesRequest request{
      kStart + from_s * kSecond, kStart + (from_s + range_s) * kSecond, columns, {}, {1, 2}, {}};
  request.devices = {store.idOf("y"), store.idOf("x")};
  const Result<SeriesSet> set = store.reader().series(request);
  QVERIFY(set);
  QCOMPARE(set->step_us, step_s * kSecond);
  const char *names[] = {"y", "x"};
  for (std::size_t line = 0; line < 4; ++line) {
    const auto windows = store.windows(names[line % 2], line / 2, step_s);
    const std::map<int, Column> expected = columnsOf(windows, request);
    QVERIFY(!expected.empty());
    auto column = expected.begin();
    SeriesPoint folded; // a gap within a column makes two points of it
    for (const SeriesPoint &point : set->lines[line].points) {
      QVERIFY(near(point.average,
                   ReadingStore::average(windows, point.last_us / kSecond, set->average_span_us / kSecond)));
      if (point.first_us < request.from_us || point.first_us >= request.to_us)
        continue;
      QVERIFY(column != expected.end());
      const SeriesPoint &wanted = column->second.point;
      if (point.first_us == wanted.first_us)
        folded = point;
      folded.min = std::min(folded.min, point.min);
      folded.max = std::max(folded.max, point.max);
      folded.count = point.first_us == wanted.first_us ? point.count : folded.count + point.count;
      folded.last = point.last;
      if (point.last_us < wanted.last_us)
        continue;
      QCOMPARE(point.last_us, wanted.last_us);
      QCOMPARE(folded.first_us, wanted.first_us);
      QCOMPARE(folded.count, wanted.count);
      QCOMPARE(folded.min, wanted.min);
      QCOMPARE(folded.max, wanted.max);
      QVERIFY(near(folded.first, wanted.first) && near(folded.last, wanted.last));
      if (folded.count == point.count)
        QVERIFY(near(point.mean, column->second.sum / static_cast<double>(wanted.count)));
      ++column;
    }
    QVERIFY(column == expected.end());
  }
}

void tst_SeriesQuery::answersForMoreQuantitiesThanOneCallTakes() {
  ReadingStore store;
  std::vector<double> values;
  for (int q = 0; q < 100; ++q)
    values.push_back(q * 1.5);
  store.commit({{"d", kStart, values}});
  SeriesRequest request{kStart, kStart + 10 * kSecond, 10, {1}, {}, {}};
  for (QuantityId id = 1; id <= 100; ++id)
    request.quantities.push_back(id);
  request.quantities[40] = 9999; // which nobody knows
  const Result<SeriesSet> set = store.reader().series(request);
  QVERIFY(set);
  for (std::size_t q = 0; q < 100; ++q) {
    QCOMPARE(set->lines[q].points.size(), q == 40 ? 0u : 1u);
    if (q != 40)
      QCOMPARE(set->lines[q].points[0].mean, static_cast<double>(q) * 1.5);
  }
}

void tst_SeriesQuery::endsWhenItIsWithdrawn() {
  ReadingStore store;
  fill(store);
  SeriesRequest request{kStart, kStart + kHour, 3600, {1, 2}, {1, 2}, {}};
  const std::atomic<bool> withdrawn = true;
  const Result<SeriesSet> set = store.reader().series(request, &withdrawn);
  QVERIFY(!set);
  QVERIFY(set.error().code == ErrorCode::Cancelled);
  QVERIFY(store.reader().series(request)); // and the reader goes on
}

METEOROGRAPH_TEST(tst_SeriesQuery)
#include "tst_SeriesQuery.moc"
