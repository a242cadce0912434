// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/ViewController.h"

#include <QSignalSpy>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {
constexpr TimeUs kNow = 1'795'000'000 * kSecond;
}

/// A controller over a fake engine, with a clock that the test turns.
class tst_ViewController : public QObject {
  Q_OBJECT
  struct Bench {
    TimeUs now = kNow;
    std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
    EngineClient client{engine};
    ViewController controller{[this] { return now; }};
    Bench() {
      controller.setInterval(3'600'000); // the test ticks by hand
      controller.setColumns(800);
      controller.setClient(&client);
    }
    void answerOverview(const Overview &overview) {
      engine->answerOverview(overview);
      QTRY_VERIFY(controller.hasOverview());
    }
  };

private Q_SLOTS:
  void theOverviewPullsTheSeries() {
    Bench bench;
    QCOMPARE(bench.engine->overviews.size(), std::size_t{1});
    QVERIFY(bench.engine->series.empty());
    bench.answerOverview(sampleOverview(kNow));
    QCOMPARE(bench.engine->series.size(), std::size_t{1});
    const SeriesRequest &request = bench.engine->seriesRequests.back();
    QCOMPARE(request.columns, 800);
    QCOMPARE(request.devices.size(), std::size_t{4});
    QCOMPARE(request.quantities.size(), std::size_t{3}); // not the fourth: nobody chose it
    QCOMPARE(request.to_us - request.from_us, 5 * kMinute);
  }

  void aTickIsSkippedWhileAnswersAreOut() {
    Bench bench;
    bench.controller.tick();
    bench.controller.tick();
    QCOMPARE(bench.engine->overviews.size(), std::size_t{1});
    bench.answerOverview(sampleOverview(kNow));
    bench.controller.tick(); // the series are under way
    QVERIFY(bench.engine->overviews.empty());
    bench.engine->answerSeries(sampleSeries(bench.engine->seriesRequests.back()));
    QTRY_VERIFY(!bench.client.seriesInFlight());
    bench.controller.tick();
    QCOMPARE(bench.engine->overviews.size(), std::size_t{1});
  }

  void anotherStoresRangeGivesWayToTheData() {
    Bench bench;
    bench.controller.changeRange([](LiveState &live) { live.showRange({kHour, 2 * kHour}); });
    bench.answerOverview(sampleOverview(kNow));
    QVERIFY(bench.controller.live().isLive());
    QCOMPARE(bench.controller.live().span(), LiveSpan::all());
  }

  void aDetachedRangeWithDataStaysAndCountsFromTheStart() {
    Bench bench;
    const ViewRange range{kNow - 2 * kHour, kNow - kHour};
    bench.controller.changeRange([&](LiveState &live) { live.showRange(range); });
    Overview overview = sampleOverview(kNow);
    bench.answerOverview(overview);
    QVERIFY(bench.controller.live().range() == range);
    QCOMPARE(bench.controller.live().newReadings(), 0); // what the store held is not new
    bench.engine->answerSeries(sampleSeries(bench.engine->seriesRequests.back()));
    QTRY_VERIFY(!bench.client.seriesInFlight());
    bench.controller.tick();
    overview.readings += 12;
    overview.revision += 1;
    bench.engine->answerOverview(overview);
    QTRY_COMPARE(bench.controller.live().newReadings(), 12);
  }

  void asksNothingWhileMinimised() {
    Bench bench;
    bench.answerOverview(sampleOverview(kNow));
    bench.engine->answerSeries(sampleSeries(bench.engine->seriesRequests.back()));
    QTRY_VERIFY(!bench.client.seriesInFlight());
    bench.controller.setActive(false);
    bench.controller.tick();
    QVERIFY(bench.engine->overviews.empty());
    bench.controller.setActive(true); // and catches up at once
    QCOMPARE(bench.engine->overviews.size(), std::size_t{1});
  }

  void aChoiceReplacesTheRequestUnderWay() {
    Bench bench;
    bench.answerOverview(sampleOverview(kNow));
    QSignalSpy shown(&bench.controller, &ViewController::seriesChanged);
    bench.controller.changeRange([](LiveState &live) { live.showSpan(LiveSpan::last(kHour)); });
    bench.engine->answerSeries(fail(ErrorCode::Cancelled, ""));
    QTRY_COMPARE(bench.engine->seriesRequests.size(), std::size_t{2});
    QCOMPARE(bench.engine->seriesRequests.back().to_us - bench.engine->seriesRequests.back().from_us, kHour);
    QCOMPARE(shown.count(), 0);
    bench.engine->answerSeries(sampleSeries(bench.engine->seriesRequests.back()));
    QTRY_COMPARE(shown.count(), 1);
  }

  void oneWrongClockDoesNotDragTheLiveEdge() {
    Bench bench;
    Overview overview = sampleOverview(kNow);
    overview.devices[0].newest_us = overview.newest_us = kNow + 70 * 365 * kDay;
    bench.answerOverview(overview);
    QVERIFY(bench.controller.live().range().to_us <= kNow + 2 * kSecond);
  }

  void oldFoldersShowTheirDataAtOnce() {
    Bench bench;
    bench.answerOverview(sampleOverview(kNow - 4000 * kDay));
    const ViewRange range = bench.controller.live().range();
    QVERIFY(range.from_us < kNow - 4000 * kDay && kNow - 4000 * kDay < range.to_us);
    QCOMPARE(bench.engine->seriesRequests.back().to_us, range.to_us);
  }

  void aRangeOfAnotherStoreIsNotKeptWhereItShowsNothing() {
    Bench bench;
    bench.controller.changeRange([](LiveState &live) { live.showRange({kNow - kHour, kNow}); });
    bench.answerOverview(sampleOverview(kNow - 4000 * kDay));
    QVERIFY(bench.controller.live().isLive());
    QVERIFY(bench.controller.live().range().to_us < kNow - 3999 * kDay);
  }

  void aRangeThatStoodBeforeCountsOnlyWhatComesThen() {
    Bench bench;
    const ViewRange range{kNow - kHour, kNow + kHour};
    bench.controller.changeRange([range](LiveState &live) { live.showRange(range); });
    Overview overview = sampleOverview(kNow);
    bench.answerOverview(overview);
    QCOMPARE(bench.controller.live().range().from_us, range.from_us); // it shows something
    QCOMPARE(bench.controller.live().newReadings(), 0);
    bench.engine->answerSeries(sampleSeries(bench.engine->seriesRequests.back()));
    QTRY_VERIFY(!bench.client.seriesInFlight());
    overview.readings += 7;
    bench.controller.tick();
    bench.engine->answerOverview(overview);
    QTRY_COMPARE(bench.controller.live().newReadings(), 7);
  }

  void asksForNothingThatItHas() {
    Bench bench;
    const Overview old = sampleOverview(kNow - 4000 * kDay); // the range stands at the newest data
    bench.answerOverview(old);
    bench.engine->answerSeries(sampleSeries(bench.engine->seriesRequests.back()));
    QTRY_VERIFY(!bench.client.seriesInFlight());
    bench.controller.tick();
    QSignalSpy overviews(&bench.controller, &ViewController::overviewChanged);
    bench.engine->answerOverview(old);
    QTRY_COMPARE(overviews.count(), 1);
    QCOMPARE(bench.engine->seriesRequests.size(), std::size_t{1});
    bench.controller.tick();
    Overview grown = old;
    ++grown.revision;
    bench.engine->answerOverview(grown);
    QTRY_COMPARE(bench.engine->seriesRequests.size(), std::size_t{2});
  }

  void manyDevicesAreNotAllDrawnUnasked() {
    Bench bench;
    Overview overview = sampleOverview(kNow);
    while (overview.devices.size() < 200) {
      overview.devices.push_back(overview.devices.front());
      overview.devices.back().id = static_cast<DeviceId>(overview.devices.size());
      overview.devices.back().name = "device " + std::to_string(overview.devices.size());
    }
    bench.answerOverview(overview);
    QCOMPARE(bench.engine->seriesRequests.back().devices.size(), std::size_t{20});
    bench.controller.changeView([&overview](ViewState &view) {
      for (const DeviceStatus &device : overview.devices)
        view.showDevice(device, true);
    });
    bench.engine->answerSeries(fail(ErrorCode::Cancelled, ""));
    QTRY_COMPARE(bench.engine->seriesRequests.back().devices.size(), std::size_t{200});
  }

  void hiddenDevicesAndPanesAreNotAskedFor() {
    Bench bench;
    const Overview overview = sampleOverview(kNow);
    bench.answerOverview(overview);
    bench.controller.changeView([&overview](ViewState &view) {
      view.showDevice(overview.devices[1], false);
      view.showPane(overview, "humidity", false);
      view.showPane(overview, "co2", true);
    });
    bench.engine->answerSeries(fail(ErrorCode::Cancelled, ""));
    QTRY_COMPARE(bench.engine->seriesRequests.size(), std::size_t{2});
    const SeriesRequest &request = bench.engine->seriesRequests.back();
    QCOMPARE(request.devices, (std::vector<DeviceId>{1, 3, 4}));
    QCOMPARE(request.quantities, (std::vector<QuantityId>{1, 3, 4}));
  }

  void forgetsAStoreWithItsClient() {
    Bench bench;
    bench.answerOverview(sampleOverview(kNow));
    bench.controller.setClient(nullptr);
    QVERIFY(!bench.controller.hasOverview());
    QCOMPARE(bench.controller.overview().readings, 0);
    bench.controller.tick(); // and asks nobody
  }
};

METEOROGRAPH_TEST(tst_ViewController)
#include "tst_ViewController.moc"
