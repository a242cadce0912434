// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/MovingAverage.h"
#include "core/pipeline/SeriesFold.h"
#include "core/pipeline/WindowSet.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

namespace {

Bucket bucket(std::int64_t second, double value) {
  return {second * kSecond, 1, value, value, value, value, false};
}

SeriesLine fold(const std::vector<Bucket> &buckets, TimeUs to_s, int columns, TimeUs gap_s) {
  SeriesFold work(0, to_s * kSecond, columns, gap_s * kSecond);
  for (const Bucket &one : buckets)
    work.take(one);
  SeriesLine line;
  work.finish(line);
  return line;
}

} // namespace

class tst_SeriesFold : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void keepsFirstMinMaxLastOfAColumn();
  void breaksWhereTheStepIsTooLong();
  void keepsOnePointOnEitherSide();
  void averagesOverADuration();
  void averagesOverWindows();
  void foldsWindowsIntoCoarserOnes();
};

void tst_SeriesFold::keepsFirstMinMaxLastOfAColumn() {
  const SeriesLine line =
      fold({bucket(0, 5), bucket(1, 9), bucket(2, 1), bucket(4, 3), bucket(5, 4)}, 10, 2, 0);
  QCOMPARE(line.points.size(), 2u);
  const SeriesPoint &point = line.points[0];
  QCOMPARE(point.first, 5.0);
  QCOMPARE(point.min, 1.0);
  QCOMPARE(point.max, 9.0);
  QCOMPARE(point.last, 3.0);
  QCOMPARE(point.mean, 4.5);
  QCOMPARE(point.count, 4);
  QCOMPARE(point.first_us, 0);
  QCOMPARE(point.last_us, 4 * kSecond);
}

void tst_SeriesFold::breaksWhereTheStepIsTooLong() {
  const SeriesLine line = fold({bucket(0, 1), bucket(2, 1), bucket(5, 1), bucket(6, 1)}, 10, 10, 2);
  QCOMPARE(line.points.size(), 4u);
  QCOMPARE(line.breaks, std::vector<std::uint32_t>{2});
  // Also within one column, so that no line is drawn across the gap.
  QCOMPARE(fold({bucket(0, 1), bucket(4, 1)}, 10, 1, 2).breaks, std::vector<std::uint32_t>{1});
}

void tst_SeriesFold::keepsOnePointOnEitherSide() {
  const SeriesLine line = fold({bucket(-3, 1), bucket(-2, 2), bucket(1, 3), bucket(12, 4)}, 10, 10, 0);
  QCOMPARE(line.points.size(), 3u);
  QCOMPARE(line.points.front().first_us, -2 * kSecond);
  QCOMPARE(line.points.back().first_us, 12 * kSecond);
}

void tst_SeriesFold::averagesOverADuration() {
  MovingAverage average = MovingAverage::overDuration(15 * kSecond);
  QCOMPARE(average.take(0, 10), 10.0);
  QCOMPARE(average.take(14 * kSecond, 20), 15.0); // (−1 s, 14 s] holds both
  QCOMPARE(average.take(15 * kSecond, 30), 25.0); // (0 s, 15 s] leaves the first out
}

void tst_SeriesFold::averagesOverWindows() {
  MovingAverage average = MovingAverage::overWindows(3);
  for (int i = 0; i < 5; ++i)
    average.take(i * kHour, i);
  QCOMPARE(average.take(5 * kHour, 5), 4.0);
}

void tst_SeriesFold::foldsWindowsIntoCoarserOnes() {
  WindowSet windows(1);
  for (const auto &[device, second] :
       std::vector<std::pair<DeviceId, std::int64_t>>{{2, 11}, {1, -1}, {1, 9}, {1, 0}, {2, 19}, {2, 11}}) {
    const std::size_t index = windows.append(device, second);
    windows.aggregate(index, 0).add(static_cast<double>(second));
    windows.addLate(index, 1);
  }
  windows.sortFrom(0);
  QCOMPARE(windows.size(), 5u);
  const WindowSet tens = windows.coarser(10);
  QCOMPARE(tens.size(), 3u);
  QCOMPARE(tens.window(0).start_s, -10);
  QCOMPARE(tens.window(1).start_s, 0);
  QCOMPARE(tens.aggregate(1, 0).count, 2);
  QCOMPARE(tens.aggregate(1, 0).max, 9.0);
  QCOMPARE(tens.window(2).device, 2);
  QCOMPARE(tens.aggregate(2, 0).sum, 41.0);
  QCOMPARE(tens.window(2).late, 3);
}

METEOROGRAPH_TEST(tst_SeriesFold)
#include "tst_SeriesFold.moc"
