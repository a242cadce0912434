// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/panels/Tiles.h"

#include <QTest>

#include <utility>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr TimeUs kNow = 1'795'000'000 * kSecond; // 18 Nov 2026
constexpr TimeUs kPeak = kNow - 1000 * kSecond;  // when it was hottest, to the second

/// An engine whose only remarkable second is kPeak: a column that holds it has its value.
SeriesSet peakSeries(const SeriesRequest &request) {
  SeriesSet set;
  set.from_us = request.from_us;
  set.to_us = request.to_us;
  const TimeUs width = std::max<TimeUs>(kSecond, (request.to_us - request.from_us) / request.columns);
  set.step_us = std::min<TimeUs>(width, kMinute);
  for (const QuantityId quantity : request.quantities)
    for (const DeviceId device : request.devices) {
      SeriesLine line{device, quantity, {}, {}, kSecond, kNoTime};
      for (TimeUs at = floorTo(request.from_us, width); at < request.to_us; at += width) {
        const double high = device == 2 && at <= kPeak && kPeak < at + width ? 40 : 20;
        const TimeUs last = at + std::max<TimeUs>(0, width - set.step_us);
        line.points.push_back({at, last, 20, 19.5, high, 20, 20, 20, 9, false});
      }
      set.lines.push_back(std::move(line));
    }
  return set;
}

struct Bench {
  std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
  EngineClient client{engine};
  Overview overview = sampleOverview(kNow);
  ViewState view;
  LiveState live;
  Tiles tiles;
  TimeUs now = kNow;

  explicit Bench(TimeUs width) {
    engine->tileSeries = peakSeries;
    live.observe({kNow, overview.first_us, kNow, 1000});
    live.showSpan(LiveSpan::last(width));
    QObject::connect(&tiles, &Tiles::historyChanged, &tiles, [this] { show(); });
    tiles.setClient(&client);
    tiles.resize(1600, 98);
    tiles.QWidget::show();
  }
  void show() {
    tiles.show(overview, peakSeries(view.request(overview, live.range(), 1300)), view, live, now);
  }
  QString text(int tile) const {
    QString text;
    for (const QLabel *label : tiles.findChildren<Tile *>()[tile]->findChildren<QLabel *>())
      text += label->text() + QLatin1Char('\n');
    return text;
  }
};

} // namespace

class tst_Tiles : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void theExtremesTimeIsExactWhateverLevelIsDrawn_data() {
    QTest::addColumn<qint64>("width");
    QTest::addColumn<TimeUs>("now");
    QTest::addColumn<QString>("time");
    QTest::newRow("an hour") << qint64{kHour} << kNow << "max 40.0 · 10:50:00";
    QTest::newRow("a month") << qint64{30 * kDay} << kNow << "max 40.0 · 18 Nov 10:50";
    QTest::newRow("another year") << qint64{30 * kDay} << kNow + 365 * kDay << "max 40.0 · 18 Nov 2026 10:50";
    QTest::newRow("a year") << qint64{365 * kDay} << kNow << "max 40.0 · 18 Nov 2026 10:50";
  }
  void theExtremesTimeIsExactWhateverLevelIsDrawn() {
    QFETCH(qint64, width);
    QFETCH(TimeUs, now);
    QFETCH(QString, time);
    Bench bench(width);
    bench.now = now;
    bench.show();
    QTRY_VERIFY2(bench.text(0).contains(time), qPrintable(bench.text(0)));
    QTRY_VERIFY(bench.tiles.findChildren<Tile *>()[0]->toolTip().contains(
        QStringLiteral("rpi-lobby, 18 Nov 2026 10:50:00")));
    std::size_t asked = 0;
    const auto rests = [&] {
      const std::size_t before = std::exchange(asked, bench.engine->tileRequests.size());
      return before == asked;
    };
    QTRY_VERIFY(rests());
    bench.show(); // what is known is not asked again
    QCoreApplication::processEvents();
    QCOMPARE(bench.engine->tileRequests.size(), asked);
  }

  void staleTilesSayAndShowIt() {
    Bench bench(kHour);
    bench.show();
    Tile *tile = bench.tiles.findChildren<Tile *>()[0];
    QVERIFY(!tile->property("stale").toBool());
    QVERIFY(!bench.text(0).contains(QStringLiteral("stale")));
    bench.live.observe({kNow + kHour, bench.overview.first_us, kNow, 1000});
    bench.live.setNowSource(NowSource::WallClock);
    bench.show();
    QVERIFY(tile->property("stale").toBool());
    QVERIFY2(bench.text(0).contains(QStringLiteral("⚠ stale 60 min")), qPrintable(bench.text(0)));
    QVERIFY(tile->accessibleName().contains(QStringLiteral("stale")));
    bench.live.observe({kNow, bench.overview.first_us, kNow, 1000});
    bench.show();
    QVERIFY(!tile->property("stale").toBool());
  }

  void theLastHourIsDrawnWhereThereIsRoom() {
    Bench bench(5 * kMinute);
    bench.show();
    auto *line = bench.tiles.findChild<Sparkline *>();
    QTRY_VERIFY(line->isVisible());
    QVERIFY(bench.text(0).contains(QStringLiteral("▬ 0.0 per hour")));
    bench.tiles.resize(640, 98);
    QTRY_VERIFY(!line->isVisible());
  }

  /// A device slower than a minute has a line all the same; a gap breaks it.
  void theLastHourIsOneLineAtTheDevicesOwnCadence() {
    Sparkline line;
    Sparkline::Hour hour;
    for (std::size_t i = 0; i < 9; ++i)
      hour[2 * i] = 20;
    line.show(hour, Qt::red);
    QVERIFY(line.hasLine());
    std::swap(hour[16], hour[40]);
    line.show(hour, Qt::red);
    QVERIFY(!line.hasLine());
  }

  void notesYieldBeforeTheValueAndInAllTilesAtOnce_data() {
    QTest::addColumn<int>("width");
    for (const int width : {640, 760, 860, 960, 1100, 1300, 1600, 1900})
      QTest::addRow("%d", width) << width;
  }
  void notesYieldBeforeTheValueAndInAllTilesAtOnce() {
    QFETCH(int, width);
    Bench bench(5 * kMinute);
    bench.show();
    QTRY_VERIFY(bench.tiles.findChild<Sparkline *>()->isVisible());
    bench.tiles.resize(width, 98);
    QCoreApplication::processEvents();
    bench.show();
    QCoreApplication::processEvents();
    QList<qsizetype> lines;
    QList<bool> times;
    QList<bool> hours;
    for (Tile *tile : bench.tiles.findChildren<Tile *>()) {
      for (const QLabel *label : tile->findChildren<QLabel *>()) {
        const QByteArray role = label->property("role").toByteArray();
        if (role == "figure" || role == "unit")
          QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(label->text()));
        if (role != "notes")
          continue;
        lines << label->text().count(QLatin1Char('\n'));
        times << label->text().contains(QStringLiteral(" · "));
      }
      hours << tile->findChild<Sparkline *>()->isVisible();
    }
    QVERIFY(lines.size() > 1);
    QCOMPARE(lines.count(lines[0]), lines.size());
    QCOMPARE(times.count(times[0]), times.size());
    QCOMPARE(hours.count(hours[0]), hours.size());
  }

  void withoutADeviceTheySaySo() {
    Bench bench(kHour);
    for (const DeviceStatus &device : bench.overview.devices)
      bench.view.showDevice(device, false);
    bench.show();
    Tile *tile = bench.tiles.findChildren<Tile *>()[0];
    QVERIFY2(bench.text(0).contains(QStringLiteral("no device is chosen")), qPrintable(bench.text(0)));
    QVERIFY(!bench.text(0).contains(QStringLiteral("stale")));
    QVERIFY(!tile->property("stale").toBool());
    QVERIFY(!tile->accessibleName().contains(QStringLiteral("stale")));
  }

  void tilesLieAsThePanesDo() {
    Bench bench(kHour);
    bench.tiles.setOrder({QStringLiteral("pressure"), QStringLiteral("temperature")});
    bench.show();
    QVERIFY(bench.text(0).contains(QStringLiteral("Pressure")));
    QVERIFY(bench.text(1).contains(QStringLiteral("Temperature")));
    QVERIFY(bench.text(2).contains(QStringLiteral("Humidity")));
  }
};

METEOROGRAPH_TEST(tst_Tiles)
#include "tst_Tiles.moc"
