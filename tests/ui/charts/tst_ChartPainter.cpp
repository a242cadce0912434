// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartPainter.h"

#include <QDir>
#include <QPainter>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// Writes the picture where METEOROGRAPH_PICTURES names a folder, for eyes to judge.
void show(const QImage &picture, const QString &name) {
  const QString folder = qEnvironmentVariable("METEOROGRAPH_PICTURES");
  if (!folder.isEmpty())
    QVERIFY(picture.save(QDir(folder).filePath(name + QStringLiteral(".png"))));
}

} // namespace

class tst_ChartPainter : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void speed_data() {
    QTest::addColumn<SyntheticScene>("recipe");
    SyntheticScene ten;
    ten.devices = 10;
    ten.columns = 1528;
    QTest::newRow("5 min at 1 Hz") << ten;
    SyntheticScene dense = ten;
    dense.cadence_us = 10 * kMillisecond;
    dense.many = true;
    QTest::newRow("dense raw") << dense;
    SyntheticScene band = dense;
    band.step_us = kSecond / 10;
    QTest::newRow("dense band") << band;
  }
  /// Figures for people; machines differ too much for a limit.
  void speed() {
    QFETCH(SyntheticScene, recipe);
    const ChartScene scene = recipe.make();
    const ChartPainter painter(scene, chartTheme(true), QSize(1600, 1000));
    const QImage frame = painter.renderFrame(1);
    QImage picture = frame.copy();
    const auto best = [](const std::function<void()> &work) {
      std::vector<double> times;
      for (int i = 0; i < 15; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
      }
      return *std::min_element(times.begin(), times.end());
    };
    const double data = best([&] { painter.drawData(picture); });
    const double layout = best([&] { ChartPainter(scene, chartTheme(true), QSize(1600, 1000)); });
    const double framed = best([&] { painter.renderFrame(1); });
    show(picture, QStringLiteral("speed-") + QLatin1String(QTest::currentDataTag()));
    qInfo("data %.1f ms, frame %.1f ms, layout %.1f ms", data, framed, layout);
  }
  void pictures_data() {
    QTest::addColumn<SyntheticScene>("recipe");
    SyntheticScene four;
    four.watermark_us = four.from_us + 248 * kSecond;
    four.gapFrom_us = 150 * kSecond;
    four.gapTo_us = 182 * kSecond;
    QTest::newRow("four") << four;
    SyntheticScene one = four;
    one.devices = 1;
    one.lateEvery = 40;
    QTest::newRow("one") << one;
    SyntheticScene ten = four;
    ten.devices = 10;
    QTest::newRow("ten") << ten;
    SyntheticScene band = four;
    band.step_us = kHour;
    band.length_us = 30 * kDay;
    band.gapFrom_us = 12 * kDay;
    band.gapTo_us = 14 * kDay;
    band.watermark_us = band.from_us + 30 * kDay - 10 * kMinute;
    QTest::newRow("band") << band;
    SyntheticScene bandOne = band;
    bandOne.devices = 1;
    QTest::newRow("bandOne") << bandOne;
    SyntheticScene sparse = four;
    sparse.cadence_us = 20 * kSecond;
    sparse.devices = 2;
    QTest::newRow("sparse") << sparse;
    SyntheticScene dense = four;
    dense.cadence_us = 10 * kMillisecond;
    dense.many = true;
    QTest::newRow("dense") << dense;
    SyntheticScene twice = four;
    twice.cadence_us = 500 * kMillisecond;
    QTest::newRow("twice") << twice;
  }
  void pictures() {
    QFETCH(SyntheticScene, recipe);
    const ChartScene scene = recipe.make();
    for (const bool dark : {true, false})
      show(renderChart(scene, dark, QSize(1308, 630), 1),
           QLatin1String(QTest::currentDataTag()) + (dark ? QStringLiteral("-dark") : QStringLiteral("-light")));
  }
};

METEOROGRAPH_TEST(tst_ChartPainter)
#include "tst_ChartPainter.moc"
