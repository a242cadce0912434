// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/FaultMarks.h"
#include "tests/support/TestMain.h"

#include <QTest>

using namespace meteorograph;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

QuantityLimits limits(double low, double high, double spike, TimeUs flat_us) {
  return {low, high, spike, flat_us};
}

/// Marks of one reading a second, a pixel column each.
std::vector<int> marksOf(const std::vector<double> &values, const QuantityLimits &limits,
                         const std::vector<TimeUs> &times = {}) {
  const TimeUs end = 1000 * kSecond;
  SeriesFold fold(0, end, 1000, 10 * kSecond);
  FaultMarks marks(limits, kSecond, 10 * kSecond);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Bucket bucket;
    bucket.start_us = times.empty() ? static_cast<TimeUs>(i) * kSecond : times[i] * kSecond;
    bucket.count = 1;
    bucket.sum = bucket.min = bucket.max = values[i];
    fold.take(bucket);
    marks.take(bucket, fold);
  }
  SeriesLine line;
  fold.finish(line);
  std::vector<int> faults;
  for (const SeriesPoint &point : line.points)
    faults.push_back(point.faults);
  return faults;
}

using Marks = std::vector<int>;

} // namespace

class tst_FaultMarks : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void marksWhatIsOutOfRange();
  void marksAFlatStretchFromItsBeginning();
  void marksASpikeAtItsTop();
  void aGapEndsWhatWasBegun();
  void looksForNoSpikesInWideBuckets();
  void aWideBucketOfOneValueIsFlat();
};

void tst_FaultMarks::marksWhatIsOutOfRange() {
  QCOMPARE(marksOf({1, -41, 85, 85.5, 20}, limits(-40, 85, kNone, 0)), (Marks{0, 1, 0, 1, 0}));
  QCOMPARE(marksOf({1, -1e9, 1e9}, limits(kNone, kNone, kNone, 0)), (Marks{0, 0, 0}));
}

void tst_FaultMarks::marksAFlatStretchFromItsBeginning() {
  const QuantityLimits three = limits(kNone, kNone, kNone, 3 * kSecond);
  QCOMPARE(marksOf({1, 2, 2, 2, 2, 2, 3}, three), (Marks{0, 2, 2, 2, 2, 2, 0}));
  QCOMPARE(marksOf({1, 2, 2, 2, 3, 3, 3}, three), (Marks{0, 0, 0, 0, 0, 0, 0}));
}

void tst_FaultMarks::marksASpikeAtItsTop() {
  const QuantityLimits five = limits(kNone, kNone, 5, 0);
  QCOMPARE(marksOf({20, 30, 20, 20, 10, 20, 28, 30}, five), (Marks{0, 4, 0, 0, 4, 0, 0, 0}));
  QCOMPARE(marksOf({20, 25, 20}, five), (Marks{0, 0, 0}));
  QCOMPARE(marksOf({20, 30, 40, 30, 20}, five), (Marks{0, 0, 4, 0, 0}));
}

void tst_FaultMarks::aGapEndsWhatWasBegun() {
  QCOMPARE(marksOf({20, 30, 20}, limits(kNone, kNone, 5, 0), {0, 1, 50}), (Marks{0, 0, 0}));
  QCOMPARE(marksOf({7, 7, 7, 7}, limits(kNone, kNone, kNone, 20 * kSecond), {0, 1, 50, 51}),
           (Marks{0, 0, 0, 0}));
}

void tst_FaultMarks::looksForNoSpikesInWideBuckets() {
  SeriesFold fold(0, kDay, 24, 0);
  FaultMarks marks(limits(kNone, kNone, 5, 0), kHour, 0);
  for (int i = 0; i < 3; ++i) {
    const double value = i == 1 ? 30 : 20;
    const Bucket bucket{i * kHour, 1, value, value, value, value, false};
    fold.take(bucket);
    marks.take(bucket, fold);
  }
  SeriesLine line;
  fold.finish(line);
  QCOMPARE(static_cast<int>(line.points.at(1).faults), 0);
}

void tst_FaultMarks::aWideBucketOfOneValueIsFlat() {
  SeriesFold fold(0, kDay, 24, 0);
  FaultMarks marks(limits(kNone, kNone, kNone, 10 * kMinute), kHour, 0);
  const Bucket single{0, 1, 20, 20, 20, 20, false};
  const Bucket many{kHour, 60, 60 * 21.0, 21, 21, 21, false};
  for (const Bucket &bucket : {single, many}) {
    fold.take(bucket);
    marks.take(bucket, fold);
  }
  SeriesLine line;
  fold.finish(line);
  QCOMPARE(static_cast<int>(line.points.at(0).faults), 0);
  QCOMPARE(static_cast<int>(line.points.at(1).faults), static_cast<int>(kFlat));
}

METEOROGRAPH_TEST(tst_FaultMarks)
#include "tst_FaultMarks.moc"
