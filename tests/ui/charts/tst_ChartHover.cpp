// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartHover.h"
#include "ui/charts/Faults.h"
#include "ui/charts/HoverOverlay.h"

#include <QBuffer>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QSvgGenerator>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

SeriesPoint point(TimeUs time, double value) {
  SeriesPoint result;
  result.first_us = result.last_us = time;
  result.first = result.min = result.max = result.last = result.mean = value;
  result.average = value + 0.5;
  result.count = 1;
  return result;
}

/// What is painted, as SVG.
QString painted(QSize size, const std::function<void(QPainter &)> &paint) {
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(size);
  QPainter painter(&generator);
  paint(painter);
  painter.end();
  return QString::fromUtf8(buffer.data());
}

/// Two devices at 1 Hz; the first stops from 10 s to 13 min 10 s, the second has no humidity.
ChartScene scene() {
  ChartScene result;
  result.panes = {{1, QStringLiteral("Temperature"), QStringLiteral("°C"), "temperature", std::nullopt},
                  {2, QStringLiteral("Humidity"), QStringLiteral("%RH"), "humidity", std::nullopt}};
  result.devices = {{1, QStringLiteral("lobby")}, {2, QStringLiteral("=roof")}};
  result.from_us = 0;
  result.to_us = 20 * kMinute;
  for (QuantityId quantity = 1; quantity <= 2; ++quantity) {
    SeriesLine line;
    line.device = 1;
    line.quantity = quantity;
    line.cadence_us = kSecond;
    for (TimeUs time = 0; time <= 10; ++time)
      line.points.push_back(point(time * kSecond, 20 + static_cast<double>(time)));
    line.breaks.push_back(static_cast<std::uint32_t>(line.points.size()));
    line.points.push_back(point(13 * kMinute + 10 * kSecond, 40));
    result.series.lines.push_back(line);
  }
  SeriesLine line;
  line.device = 2;
  line.quantity = 1;
  line.cadence_us = kSecond;
  for (TimeUs time = 0; time <= 1200; ++time)
    line.points.push_back(point(time * kSecond + 250 * kMillisecond, 5));
  result.series.lines.push_back(line);
  return result;
}

} // namespace

class tst_ChartHover : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { QLocale::setDefault(QLocale::c()); }

  void findsTheNearestWithinHalfACadence() {
    const HoverTable table = hoverTable(scene(), 3 * kSecond + 400 * kMillisecond, 0);
    QCOMPARE(table.rows.size(), std::size_t{2});
    QCOMPARE(table.rows[0].cells[0].value, std::optional(23.0));
    QCOMPARE(table.rows[0].cells[0].time_us, 3 * kSecond);
    QCOMPARE(table.rows[0].cells[0].average, std::optional(23.5));
    QCOMPARE(table.rows[1].cells[0].value, std::optional(5.0));
    QVERIFY(!table.rows[1].cells[1].value); // the roof has no humidity
  }

  void givesAValueWhereverALineIsDrawn() {
    ChartScene jittering = scene();
    SeriesLine &line = jittering.series.lines[0];
    line.cadence_us = kSecond / 10; // its readings lie further apart than it says, and are joined
    QCOMPARE(hoverTable(jittering, 3 * kSecond + 400 * kMillisecond, 0).rows[0].cells[0].value,
             std::optional(23.0));
    line.breaks.insert(line.breaks.begin(), 4); // between the third second and the fourth
    QVERIFY(!hoverTable(jittering, 3 * kSecond + 400 * kMillisecond, 0).rows[0].cells[0].value);
  }

  void tellsHowLongAGapIs() {
    const HoverTable table = hoverTable(scene(), 5 * kMinute, 0);
    QVERIFY(!table.rows[0].cells[0].value);
    QCOMPARE(table.rows[0].gap_us, 13 * kMinute);
    QCOMPARE(durationText(table.rows[0].gap_us), QStringLiteral("13 min"));
    QCOMPARE(table.rows[1].gap_us, TimeUs{0});
  }

  void countsTheTimeSinceASilentDevicesLastWord() {
    const HoverTable table = hoverTable(scene(), 18 * kMinute + 10 * kSecond, 0);
    QCOMPARE(table.rows[0].gap_us, 5 * kMinute);
  }

  void looksFurtherWhenAColumnSpansMore() {
    const TimeUs time = 14 * kSecond;
    QVERIFY(!hoverTable(scene(), time, 0).rows[0].cells[0].value);
    QCOMPARE(hoverTable(scene(), time, 10 * kSecond).rows[0].cells[0].value, std::optional(30.0));
  }

  void tellsOfLikelyFaults() {
    ChartScene marked = scene();
    QCOMPARE(int(hoverTable(marked, 3 * kSecond, 0).rows[0].cells[0].faults), 0);
    for (SeriesPoint &point : marked.series.lines[0].points)
      point.faults = kOutOfRange | kSpike;
    const HoverTable table = hoverTable(marked, 3 * kSecond, 0);
    QCOMPARE(faultText(table.rows[0].cells[0].faults), QStringLiteral("beyond the limits, a spike"));
    QCOMPARE(table.rows[0].cells[0].value, std::optional(23.0)); // marked, never hidden
    QCOMPARE(int(table.rows[1].cells[0].faults), 0);
  }

  void isBlankBeforeTheFirstPoint() {
    const HoverTable table = hoverTable(scene(), -kHour, 0);
    QVERIFY(!table.rows[0].cells[0].value);
    QCOMPARE(table.rows[0].gap_us, TimeUs{0});
  }

  void showsTheAverageWhereOnlyAveragesAreShown() {
    ChartScene averages = scene();
    averages.showRaw = averages.showBand = false;
    const HoverTable table = hoverTable(averages, 3 * kSecond, 0);
    QCOMPARE(shownValue(averages, table.rows[0].cells[0]), std::optional(23.5));
    averages.showRaw = true;
    QCOMPARE(shownValue(averages, table.rows[0].cells[0]), std::optional(23.0));
  }

  void copiesARowASpreadsheetTakes() {
    const QString text = hoverText(scene(), hoverTable(scene(), 3 * kSecond, 0));
    QCOMPARE(text, QStringLiteral("Time\tDevice\tTemperature °C\tHumidity %RH\n"
                                  "1 Jan 1970 00:00:03.000 UTC\tlobby\t23.00\t23.0\n"
                                  "1 Jan 1970 00:00:03.000 UTC\t'=roof\t5.00\t—"));
  }

  void aCellIsOneCell_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("cell");
    QTest::newRow("plain") << QStringLiteral("two  spaces") << QStringLiteral("two  spaces");
    QTest::newRow("tab") << QStringLiteral("a\tb\nc") << QStringLiteral("a b c");
    QTest::newRow("formula") << QStringLiteral("@x") << QStringLiteral("'@x");
    QTest::newRow("as if disarmed") << QStringLiteral("'=x") << QStringLiteral("''=x");
    QTest::newRow("number") << QStringLiteral("-12.5") << QStringLiteral("-12.5");
    QTest::newRow("tab first") << QStringLiteral("\t=x") << QStringLiteral("' =x");
  }
  void aCellIsOneCell() {
    QFETCH(QString, name);
    QTEST(tabbedCell(name), "cell");
  }

  void stepsFromPointToPointOfAnyLine() {
    const ChartScene all = scene();
    QCOMPARE(neighbourTime(all, 0, 1), std::optional(250 * kMillisecond));
    QCOMPARE(neighbourTime(all, 250 * kMillisecond, 1), std::optional(kSecond));
    QCOMPARE(neighbourTime(all, kSecond, -1), std::optional(250 * kMillisecond));
    QVERIFY(!neighbourTime(all, 0, -1));
    QVERIFY(!neighbourTime(all, kDay, 1));
  }

  void durationsReadLikeSpeech_data() {
    QTest::addColumn<TimeUs>("duration");
    QTest::addColumn<QString>("text");
    QTest::newRow("µs") << TimeUs{7} << QStringLiteral("7 µs");
    QTest::newRow("ms") << 250 * kMillisecond << QStringLiteral("250 ms");
    QTest::newRow("s") << 2500 * kMillisecond << QStringLiteral("2.5 s");
    QTest::newRow("min") << 13 * kMinute + 20 * kSecond << QStringLiteral("13 min");
    QTest::newRow("min and s") << 2 * kMinute + 30 * kSecond << QStringLiteral("2 min 30 s");
    QTest::newRow("h") << 5 * kHour << QStringLiteral("5 h");
    QTest::newRow("d") << 3 * kDay + 4 * kHour << QStringLiteral("3 d 4 h");
    QTest::newRow("none") << TimeUs{0} << QStringLiteral("0 µs");
    QTest::newRow("below none") << TimeUs{-5} << QStringLiteral("0 µs");
  }
  void durationsReadLikeSpeech() {
    QFETCH(TimeUs, duration);
    QFETCH(QString, text);
    QCOMPARE(durationText(duration), text);
  }

  void holdsTheValueOfADeviceThatRecordsOnlyChanges() {
    ChartScene changing = scene();
    SeriesLine &line = changing.series.lines[0];
    line.breaks.clear();
    line.held_until_us = 20 * kMinute;
    const HoverCell held = hoverTable(changing, 5 * kMinute, 0).rows[0].cells[0];
    QCOMPARE(held.value, std::optional(30.0));
    QCOMPARE(held.time_us, 5 * kMinute);  // marked on the hover line …
    QCOMPARE(held.last_us, 10 * kSecond); // … but said back then
    QCOMPARE(hoverTable(changing, 19 * kMinute, 0).rows[0].cells[0].value, std::optional(40.0));
    QVERIFY(!hoverTable(changing, 21 * kMinute, 0).rows[0].cells[0].value);
    QVERIFY(!hoverTable(changing, -kSecond, 0).rows[0].cells[0].value);
  }

  void theHoverBoxLiesBesideTheOneBetweenPins() {
    const ChartScene scene = SyntheticScene{.devices = 4, .panes = 3}.make();
    const QSize size(1000, 500);
    const ChartLayout layout = layoutChart(scene, chartTheme(true), size);
    const TimeUs quarter = (scene.to_us - scene.from_us) / 4;
    for (const TimeUs end : {scene.from_us + 2 * quarter, scene.from_us + 3 * quarter}) {
      QImage picture(size, QImage::Format_RGB32);
      picture.fill(Qt::black);
      QPainter painter(&picture);
      const QRectF place = paintMeasure(painter, scene, chartTheme(true), layout,
                                        measureTable(scene, scene.from_us + quarter, end, 0));
      QVERIFY(QRectF(QPointF(), size).contains(place));
      const QImage said = picture.copy(place.toRect());
      paintHover(painter, scene, chartTheme(true), layout, hoverTable(scene, end, 0),
                 QPointF(layout.xOf(end), place.center().y()), place);
      QCOMPARE(picture.copy(place.toRect()), said);
    }
  }

  /// As many devices as there is room for, those at the pointer among them, and how many more.
  void aBoxNeverLeavesThePicture() {
    const ChartScene many = SyntheticScene{.devices = 20, .panes = 3}.make();
    const QSize size(900, 380);
    const ChartLayout layout = layoutChart(many, chartTheme(true), size);
    const TimeUs time = many.from_us + kMinute;
    const HoverTable table = hoverTable(many, time, 0);
    for (const std::size_t nearest : {std::size_t{7}, std::size_t{8}}) { // the highest and the lowest line
      const QPointF pointer(200, layout.panes[0].yOf(*table.rows[nearest].cells[0].value));
      const QString text = painted(size, [&](QPainter &painter) {
        paintHover(painter, many, chartTheme(true), layout, table, pointer);
      });
      QVERIFY(text.contains(many.devices[nearest].name));
      const auto shown =
          std::count_if(many.devices.begin(), many.devices.begin() + 10,
                        [&](const auto &device) { return text.contains(QLatin1Char('>') + device.name); });
      QVERIFY(shown < 10 && shown > 2);
      QVERIFY(text.contains(QStringLiteral("more")));
    }
    const MeasureTable measured = measureTable(many, time, time + kMinute, 0);
    QVERIFY(painted(size, [&](QPainter &painter) {
              paintMeasure(painter, many, chartTheme(true), layout, measured);
            }).contains(QStringLiteral("more")));
  }
};

METEOROGRAPH_TEST(tst_ChartHover)
#include "tst_ChartHover.moc"
