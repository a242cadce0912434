// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartView.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr QSize kSize(1308, 630);

void show(QWidget &widget, const QString &name) {
  const QString folder = qEnvironmentVariable("METEOROGRAPH_PICTURES");
  if (!folder.isEmpty())
    QVERIFY(widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
}

void wheel(QWidget &widget, QPointF at, int angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  QWheelEvent event(at, widget.mapToGlobal(at), QPoint(), QPoint(0, angle), Qt::NoButton, modifiers,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&widget, &event);
}

/// A shown view of the synthetic five minutes, with its plot's edges.
struct Fixture {
  ChartView view;
  ChartScene scene;
  double left = 0;
  double right = 0;

  explicit Fixture(const SyntheticScene &recipe = gapScene()) : scene(recipe.make()) {
    view.resize(kSize);
    view.setScene(scene);
    view.show();
    view.grab(); // paints, as the screen would
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    left = layout.left;
    right = layout.right;
  }

  static SyntheticScene gapScene() {
    SyntheticScene recipe;
    recipe.gapFrom_us = 150 * kSecond;
    recipe.gapTo_us = 182 * kSecond;
    recipe.watermark_us = recipe.from_us + 248 * kSecond;
    return recipe;
  }

  QPoint at(TimeUs sinceStart, int y = 100) const {
    const double share = static_cast<double>(sinceStart) / static_cast<double>(scene.to_us - scene.from_us);
    return {static_cast<int>(std::lround(left + share * (right - left))), y};
  }
};

} // namespace

class tst_ChartView : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void pictures() {
    for (const bool dark : {true, false}) {
      Fixture fixture;
      fixture.view.setTheme(dark);
      const QString theme = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
      QTest::mouseMove(&fixture.view, fixture.at(168 * kSecond, 110));
      show(fixture.view, QStringLiteral("hover") + theme);
      QTest::mousePress(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(60 * kSecond));
      QTest::mouseMove(&fixture.view, fixture.at(140 * kSecond));
      show(fixture.view, QStringLiteral("select") + theme);
    }
  }
};

METEOROGRAPH_TEST(tst_ChartView)
#include "tst_ChartView.moc"
