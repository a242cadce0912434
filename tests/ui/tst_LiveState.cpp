// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/LiveState.h"

#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {
constexpr TimeUs kNow = 1'800'000'000 * kSecond;

Horizon horizonAt(TimeUs now, TimeUs newest, std::int64_t readings = 0) {
  return {now, newest == kNoTime ? kNoTime : newest - kDay, newest, readings};
}
} // namespace

class tst_LiveState : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void startsLiveOnFiveMinutes() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow - kSecond));
    QVERIFY(live.isLive());
    QCOMPARE(live.range().width(), 5 * kMinute);
    QCOMPARE(live.range().to_us, kNow);
  }

  void rightEdgeMovesWhileLive() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    const TimeUs before = live.range().to_us;
    live.observe(horizonAt(kNow + kMinute, kNow + kMinute));
    QCOMPARE(live.range().to_us - before, kMinute);
  }

  void anyPanZoomOrRangeDetaches_data() {
    QTest::addColumn<int>("gesture");
    QTest::newRow("pan") << 0;
    QTest::newRow("zoom") << 1;
    QTest::newRow("range") << 2;
    QTest::newRow("drag on the charts") << 3;
    QTest::newRow("pause") << 4;
  }
  void anyPanZoomOrRangeDetaches() {
    QFETCH(int, gesture);
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    switch (gesture) {
    case 0:
      live.pan(-0.5);
      break;
    case 1:
      live.zoom(0.5);
      break;
    case 2:
      live.showRange({kNow - kHour, kNow});
      break;
    case 3:
      live.adoptRange({kNow - kHour, kNow}, true);
      break;
    default:
      live.togglePause();
    }
    QVERIFY(!live.isLive());
    const ViewRange still = live.range();
    live.observe(horizonAt(kNow + kHour, kNow + kHour));
    QVERIFY(live.range() == still);
  }

  void countsWhatArrivesWhileDetached() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow, 1000));
    live.pan(-1);
    QCOMPARE(live.newReadings(), 0);
    live.observe(horizonAt(kNow + kMinute, kNow + kMinute, 1312));
    QCOMPARE(live.newReadings(), 312);
    live.zoom(0.5); // still the same detachment
    QCOMPARE(live.newReadings(), 312);
    live.goLive();
    QCOMPARE(live.newReadings(), 0);
  }

  void returnsLiveAtTheFormerWidth() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    live.showSpan(LiveSpan::last(kHour));
    live.showRange({kNow - 9 * kHour, kNow - 8 * kHour - 30 * kMinute});
    live.zoom(0.1);
    live.goLive();
    QVERIFY(live.isLive());
    QCOMPARE(live.range().width(), kHour);
  }

  void spaceHoldsWhatIsSeenAndResumes() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    const ViewRange seen = live.range();
    live.togglePause();
    QVERIFY(live.range() == seen);
    live.togglePause();
    QVERIFY(live.isLive());
  }

  void showsOldDataAtOnce() {
    LiveState live;
    const TimeUs old = kNow - 900 * kDay;
    live.observe(horizonAt(kNow, old));
    QVERIFY(live.nowIsNewestData());
    QCOMPARE(live.reference(), old);
    QVERIFY(live.range().from_us <= old && old < live.range().to_us);
  }

  void staysOnTheWallClockWhenTold() {
    LiveState live;
    live.setNowSource(NowSource::WallClock);
    live.observe(horizonAt(kNow, kNow - 900 * kDay));
    QCOMPARE(live.range().to_us, kNow);
  }

  void showsDataOfASensorThatRunsAhead() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow + 20 * kSecond));
    QVERIFY(live.range().to_us > kNow + 20 * kSecond);
  }

  void allSpansFirstToNewest() {
    LiveState live;
    live.showSpan(LiveSpan::all());
    live.observe({kNow, kNow - 30 * kDay, kNow - 10 * kDay, 5});
    QCOMPARE(live.range().from_us, kNow - 30 * kDay);
    QVERIFY(live.range().to_us > kNow - 10 * kDay);
    live.observe({kNow, kNow, kNow, 1});
    QVERIFY(live.range().width() > 0); // one instant is no empty range
  }

  void todayBeginsAtTheZonesMidnight() {
    LiveState live;
    live.setZone(QTimeZone("Asia/Tokyo"));
    live.showSpan({LiveSpan::Kind::Today, 0});
    live.observe(horizonAt(kNow, kNow));
    const TimeUs start = live.range().from_us;
    QCOMPARE((start + 9 * kHour) % kDay, 0);
    QVERIFY(kNow - start < kDay);
  }

  void goesBackStepByStep() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    live.showRange({kNow - kHour, kNow});
    live.showRange({kNow - kMinute, kNow});
    live.back();
    QCOMPARE(live.range().width(), kHour);
    live.back();
    QVERIFY(live.isLive());
    QVERIFY(!live.canGoBack());
  }

  void aGestureIsOneStep() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    live.adoptRange({kNow - kHour, kNow}, false); // the way back to live is always kept
    live.adoptRange({kNow - kMinute, kNow}, false);
    live.adoptRange({kNow - kSecond, kNow}, true);
    live.back();
    QCOMPARE(live.range().width(), kMinute);
    live.back();
    QVERIFY(live.isLive());
  }

  void goesBackFromTheLiveEdgeToWhatStoodStill() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    live.showRange({kNow - kHour, kNow - kMinute});
    live.goLive();
    live.goLive(); // nothing new
    live.back();
    QCOMPARE(live.range().to_us, kNow - kMinute);
  }

  void aPauseIsNoStep() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    live.showSpan(LiveSpan::last(kHour));
    live.togglePause();
    live.togglePause();
    live.back();
    QCOMPARE(live.span(), LiveSpan());
  }

  void keepsRangesWithinReason() {
    LiveState live;
    live.observe(horizonAt(kNow, kNow));
    for (int i = 0; i < 200; ++i)
      live.zoom(0.5);
    QVERIFY(live.range().width() >= kMillisecond);
    for (int i = 0; i < 400; ++i)
      live.zoom(2);
    QVERIFY(live.range().from_us >= kEarliestTime);
    QVERIFY(live.range().to_us <= kLatestTime);
    live.showRange({kNow, kNow - kHour}); // ends given the wrong way round
    QCOMPARE(live.range().width(), kHour);
  }
};

METEOROGRAPH_TEST(tst_LiveState)
#include "tst_LiveState.moc"
