// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/EngineClient.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QWindow>

#include <thread>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {
SeriesRequest requestFrom(TimeUs from) {
  SeriesRequest request;
  request.from_us = from;
  request.to_us = from + kHour;
  return request;
}
} // namespace

class tst_EngineClient : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void asksForOneOverviewAtATime() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    QVERIFY(client.refreshOverview());
    QVERIFY(!client.refreshOverview()); // a late tick is skipped, not queued
    QCOMPARE(engine->overviews.size(), std::size_t{1});
    QSignalSpy ready(&client, &EngineClient::overviewReady);
    engine->answerOverview(Overview{});
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(client.refreshOverview());
  }

  void answersArriveOnTheClientsThread() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    QThread *where = nullptr;
    connect(
        &client, &EngineClient::overviewReady, this, [&where] { where = QThread::currentThread(); },
        Qt::DirectConnection);
    client.refreshOverview();
    std::thread other([&engine] { engine->answerOverview(Overview{}); });
    other.join();
    QVERIFY(!where); // queued, never called through
    QTRY_COMPARE(where, thread());
  }

  void dropsTheAnswerThatWasSuperseded() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    std::vector<TimeUs> shown;
    connect(&client, &EngineClient::seriesReady, this,
            [&shown](const SeriesSet &set) { shown.push_back(set.from_us); });
    client.replaceSeries(requestFrom(1));
    client.replaceSeries(requestFrom(2));
    client.replaceSeries(requestFrom(3));
    QCOMPARE(engine->seriesRequests.size(), std::size_t{1}); // still one in flight
    QVERIFY(!engine->cancelled.empty());
    engine->answerSeries(sampleSeries(requestFrom(1)));
    QTRY_COMPARE(engine->seriesRequests.size(), std::size_t{2});
    QCOMPARE(engine->seriesRequests.back().from_us, 3); // only the last wish is asked
    engine->answerSeries(sampleSeries(requestFrom(3)));
    QTRY_COMPARE(shown.size(), std::size_t{1});
    QCOMPARE(shown.front(), 3);
  }

  void answersWaitForTheMouseButtonButSeriesComeThrough() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    QWindow window;
    window.show();
    QSignalSpy overviews(&client, &EngineClient::overviewReady);
    QSignalSpy series(&client, &EngineClient::seriesReady);
    client.refreshOverview();
    client.refreshSeries(requestFrom(1));
    QTest::mousePress(&window, Qt::LeftButton);
    engine->answerOverview(Overview{});
    engine->answerSeries(sampleSeries(requestFrom(1)));
    QTRY_COMPARE(series.count(), 1);
    QCOMPARE(overviews.count(), 0);
    QVERIFY(!client.refreshOverview()); // as long as that one waits
    QTest::mouseRelease(&window, Qt::LeftButton);
    QTRY_COMPARE(overviews.count(), 1);
  }

  void goesOnAfterACancelledRequest() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    QSignalSpy failed(&client, &EngineClient::failed);
    client.refreshSeries(requestFrom(1));
    client.replaceSeries(requestFrom(2));
    engine->answerSeries(fail(ErrorCode::Cancelled, "withdrawn"));
    QTRY_COMPARE(engine->seriesRequests.size(), std::size_t{2});
    QCOMPARE(failed.count(), 0);
  }

  void tellsFailuresAndAsksAgain() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    QSignalSpy failed(&client, &EngineClient::failed);
    client.refreshOverview();
    engine->answerOverview(fail(ErrorCode::StoreUnusable, "the disk is gone"));
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().toString(), QStringLiteral("the disk is gone"));
    QVERIFY(client.refreshOverview());
  }

  void answersAfterItsEndGoNowhere() {
    const auto engine = std::make_shared<FakeEngine>();
    {
      EngineClient client(engine);
      client.refreshOverview();
      client.refreshSeries(requestFrom(1));
    }
    QCOMPARE(engine->cancelled.size(), std::size_t{2});
    engine->answerOverview(Overview{});
    engine->answerSeries(SeriesSet{});
    QCoreApplication::processEvents();
  }

  void oneOffRequestsDoNotDisturbTheCharts() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    client.refreshSeries(requestFrom(1));
    bool fetched = false;
    client.fetchSeries(requestFrom(9),
                       [&fetched](const Result<SeriesSet> &set) { fetched = set.has_value(); });
    QCOMPARE(engine->seriesRequests.size(), std::size_t{2});
    engine->series.pop_front();
    engine->answerSeries(sampleSeries(requestFrom(9)));
    QTRY_VERIFY(fetched);
    QVERIFY(client.seriesInFlight());
  }
};

METEOROGRAPH_TEST(tst_EngineClient)
#include "tst_EngineClient.moc"
