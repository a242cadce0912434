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

  void drag(TimeUs from, TimeUs to) {
    QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, at(from));
    QTest::mouseMove(&view, at(to));
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, at(to));
  }
  static TimeUs from(const QSignalSpy &chosen) { return chosen.constLast().at(0).value<TimeUs>(); }
  static TimeUs to(const QSignalSpy &chosen) { return chosen.constLast().at(1).value<TimeUs>(); }

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

  void aViewWithAKeptFrameLooksLikeAFreshOne_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<TimeUs>("by");
    QTest::addColumn<int>("hoverAt_s");
    QTest::newRow("as before") << kSize.width() << true << TimeUs{0} << 0;
    QTest::newRow("theme") << kSize.width() << false << TimeUs{0} << 0;
    QTest::newRow("size") << kSize.width() - 90 << true << TimeUs{0} << 0;
    QTest::newRow("range") << kSize.width() << true << 30 * kSecond << 0;
    QTest::newRow("hover") << kSize.width() << true << TimeUs{0} << 100;
    QTest::newRow("all") << kSize.width() - 90 << false << 30 * kSecond << 100;
  }
  void aViewWithAKeptFrameLooksLikeAFreshOne() {
    QFETCH(int, width);
    QFETCH(bool, dark);
    QFETCH(TimeUs, by);
    QFETCH(int, hoverAt_s);
    const auto pictureOf = [&](Fixture &fixture) {
      fixture.view.setTheme(dark);
      fixture.view.resize(width, kSize.height());
      fixture.view.showRange({fixture.scene.from_us + by, fixture.scene.to_us + by});
      if (hoverAt_s > 0)
        QTest::mouseMove(&fixture.view, fixture.at(hoverAt_s * kSecond, 110));
      fixture.view.finishPicture();
      return fixture.view.grab().toImage();
    };
    Fixture kept;
    for (int refresh = 0; refresh < 3; ++refresh) {
      kept.view.setScene(kept.scene);
      kept.view.finishPicture();
    }
    Fixture fresh;
    QCOMPARE(pictureOf(kept), pictureOf(fresh));
  }

  void asksForAsManyColumnsAsThePlotHasPixels() {
    Fixture fixture;
    QCOMPARE(fixture.view.plotColumns(), static_cast<int>(fixture.right - fixture.left));
    QSignalSpy columns(&fixture.view, &ChartView::columnsChanged);
    fixture.view.resize(1000, 500);
    QCOMPARE(columns.count(), 1);
    QCOMPARE(columns.at(0).at(0).toInt(), fixture.view.plotColumns());
    fixture.view.resize(1000, 400);
    QCOMPARE(columns.count(), 1);
  }

  void draggingChoosesARange() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    fixture.drag(60 * kSecond, 140 * kSecond);
    QCOMPARE(chosen.count(), 1);
    QVERIFY(std::abs(fixture.from(chosen) - (fixture.scene.from_us + 60 * kSecond)) < kSecond);
    QVERIFY(std::abs(fixture.to(chosen) - (fixture.scene.from_us + 140 * kSecond)) < kSecond);
    QCOMPARE(fixture.view.shownScene().from_us, fixture.from(chosen)); // at once, from the data at hand
  }

  void draggingBackwardsChoosesTheSameRange() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    fixture.drag(140 * kSecond, 60 * kSecond);
    QCOMPARE(chosen.count(), 1);
    QVERIFY(fixture.from(chosen) < fixture.to(chosen));
  }

  void aClickIsNoZoom() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    QTest::mouseClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(100 * kSecond));
    QCOMPARE(chosen.count(), 0);
  }

  void escapeGivesADragUp() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    QTest::mousePress(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(60 * kSecond));
    QTest::mouseMove(&fixture.view, fixture.at(140 * kSecond));
    QTest::keyClick(&fixture.view, Qt::Key_Escape);
    QTest::mouseRelease(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(140 * kSecond));
    QCOMPARE(chosen.count(), 0);
  }

  void aSceneThatComesWhileDraggingWaitsForRelease() {
    Fixture fixture;
    ChartScene later = fixture.scene;
    later.averageLabel = QStringLiteral("later");
    later.from_us += 10 * kSecond;
    later.to_us += 10 * kSecond;
    QTest::mousePress(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(60 * kSecond));
    QTest::mouseMove(&fixture.view, fixture.at(62 * kSecond));
    fixture.view.setScene(later);
    QCOMPARE(fixture.view.shownScene().averageLabel, fixture.scene.averageLabel);
    QTest::mouseRelease(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(60 * kSecond));
    QCOMPARE(fixture.view.shownScene().averageLabel, later.averageLabel);
    QCOMPARE(fixture.view.shownScene().from_us, later.from_us);
  }

  void aDragThatLosesItsReleaseEnds_data() {
    QTest::addColumn<int>("event");
    QTest::newRow("grab lost") << int(QEvent::UngrabMouse);
    QTest::newRow("another window") << int(QEvent::WindowDeactivate);
  }
  void aDragThatLosesItsReleaseEnds() {
    QFETCH(int, event);
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    ChartScene later = fixture.scene;
    later.averageLabel = QStringLiteral("later");
    QTest::mousePress(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(60 * kSecond));
    QTest::mouseMove(&fixture.view, fixture.at(140 * kSecond));
    fixture.view.setScene(later);
    QEvent lost(static_cast<QEvent::Type>(event));
    QApplication::sendEvent(&fixture.view, &lost);
    QCOMPARE(fixture.view.shownScene().averageLabel, later.averageLabel);
    QTest::mouseRelease(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(140 * kSecond));
    QCOMPARE(chosen.count(), 0);
  }

  void aDragOverALiveSceneChoosesWhatWasSeen() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    ChartScene later = fixture.scene;
    later.from_us += 10 * kSecond;
    later.to_us += 10 * kSecond;
    QTest::mousePress(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(60 * kSecond));
    QTest::mouseMove(&fixture.view, fixture.at(140 * kSecond));
    fixture.view.setScene(later);
    QTest::mouseRelease(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(140 * kSecond));
    QVERIFY(std::abs(fixture.from(chosen) - (fixture.scene.from_us + 60 * kSecond)) < kSecond);
  }

  void theWheelZoomsAtTheCursor() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    const QPoint at = fixture.at(75 * kSecond);
    wheel(fixture.view, at, 120);
    QCOMPARE(chosen.count(), 1);
    const double left = static_cast<double>(75 * kSecond) * 0.8;
    QVERIFY(std::abs(static_cast<double>(fixture.scene.from_us + 75 * kSecond - fixture.from(chosen)) -
                     left) < 1e6);
    QCOMPARE(static_cast<double>(fixture.to(chosen) - fixture.from(chosen)), 240e6);
    wheel(fixture.view, at, -120);
    QVERIFY(std::abs(fixture.from(chosen) - fixture.scene.from_us) <= 2);
    QVERIFY(std::abs(fixture.to(chosen) - fixture.scene.to_us) <= 2);
  }

  void shiftAndWheelPan() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    wheel(fixture.view, fixture.at(75 * kSecond), -120, Qt::ShiftModifier);
    QCOMPARE(fixture.from(chosen), fixture.scene.from_us + 30 * kSecond);
    QCOMPARE(fixture.to(chosen), fixture.scene.to_us + 30 * kSecond);
  }

  void theMiddleButtonPansAndTakesDataOnTheWay() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    QTest::mousePress(&fixture.view, Qt::MiddleButton, Qt::NoModifier, fixture.at(200 * kSecond));
    QTest::mouseMove(&fixture.view, fixture.at(100 * kSecond));
    QVERIFY(std::abs(fixture.from(chosen) - (fixture.scene.from_us + 100 * kSecond)) < kSecond);
    ChartScene answer = fixture.scene;
    answer.averageLabel = QStringLiteral("new");
    fixture.view.setScene(answer);
    QCOMPARE(fixture.view.shownScene().averageLabel, QStringLiteral("new"));
    QCOMPARE(fixture.view.shownScene().from_us, fixture.from(chosen)); // the range stays in the hand
    QTest::mouseMove(&fixture.view, fixture.at(90 * kSecond));
    QTest::mouseRelease(&fixture.view, Qt::MiddleButton, Qt::NoModifier, fixture.at(90 * kSecond));
    QCOMPARE(chosen.count(), 2);
    QVERIFY(chosen.at(0).at(2).toBool() && !chosen.at(1).at(2).toBool()); // one gesture
  }

  void theWheelOverAValueAxisScalesItAlone() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    wheel(fixture.view, QPointF(20, 100), 120);
    QCOMPARE(chosen.count(), 0);
    QVERIFY(fixture.view.shownScene().panes[0].fixedRange.has_value());
    QVERIFY(!fixture.view.shownScene().panes[1].fixedRange.has_value());
    const auto scaled = fixture.view.shownScene().panes[0].fixedRange;
    fixture.view.setScene(fixture.scene); // a refresh keeps it
    QCOMPARE(fixture.view.shownScene().panes[0].fixedRange, scaled);
    fixture.view.grab();
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, QPoint(20, 100));
    QVERIFY(!fixture.view.shownScene().panes[0].fixedRange.has_value());
  }

  void doubleClickAsksForTheFit() {
    Fixture fixture;
    QSignalSpy fit(&fixture.view, &ChartView::fitRequested);
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.at(100 * kSecond));
    QCOMPARE(fit.count(), 1);
  }

  void eachSelectionIsAStepAndBackspaceAsksForTheOneBefore() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    QSignalSpy back(&fixture.view, &ChartView::backRequested);
    fixture.drag(60 * kSecond, 140 * kSecond);
    fixture.view.grab();
    fixture.drag(100 * kSecond, 150 * kSecond);
    QCOMPARE(chosen.count(), 2);
    QVERIFY(chosen.at(0).at(2).toBool() && chosen.at(1).at(2).toBool());
    QTest::keyClick(&fixture.view, Qt::Key_Backspace);
    QCOMPARE(back.count(), 1);
    QCOMPARE(chosen.count(), 2);
  }

  void severalTurnsOfTheWheelAreOneStep() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    for (int i = 0; i < 4; ++i)
      wheel(fixture.view, fixture.at(75 * kSecond), 120);
    int steps = 0;
    for (const QList<QVariant> &call : chosen)
      steps += call.at(2).toBool() ? 1 : 0;
    QCOMPARE(chosen.count(), 4);
    QCOMPARE(steps, 1);
    QTest::keyClick(&fixture.view, Qt::Key_Backspace);
    wheel(fixture.view, fixture.at(75 * kSecond), 120);
    QVERIFY(chosen.last().at(2).toBool());
  }

  void twoQuickPinsAreNoFit() {
    Fixture fixture;
    QSignalSpy fit(&fixture.view, &ChartView::fitRequested);
    const QPoint at = fixture.at(180 * kSecond);
    QTest::mouseClick(&fixture.view, Qt::LeftButton, Qt::ControlModifier, at);
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::ControlModifier, at);
    QTest::mouseRelease(&fixture.view, Qt::LeftButton, Qt::ControlModifier, at);
    QCOMPARE(fit.count(), 0);
  }

  void hoverSurvivesARefresh() {
    Fixture fixture;
    QSignalSpy hover(&fixture.view, &ChartView::hoverChanged);
    QTest::mouseMove(&fixture.view, fixture.at(100 * kSecond));
    QCOMPARE(hover.count(), 1);
    const QString before = fixture.view.hoverText();
    QVERIFY(before.contains(QStringLiteral("rpi-cleanroom")));
    fixture.view.setScene(fixture.scene);
    QCOMPARE(fixture.view.hoverText(), before);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&fixture.view, &leave);
    QVERIFY(fixture.view.hoverText().isEmpty());
    QCOMPARE(hover.constLast().at(0).value<TimeUs>(), kNoTime);
  }

  void hoverTellsOfAGap() {
    Fixture fixture;
    QTest::mouseMove(&fixture.view, fixture.at(165 * kSecond));
    const QStringList rows = fixture.view.hoverText().split(QLatin1Char('\n'));
    QCOMPARE(rows.size(), 5);
    QVERIFY(rows[2].contains(QStringLiteral("rpi-lobby\t—\t—\t—")));
  }

  void arrowKeysStepFromPointToPoint() {
    Fixture fixture;
    QSignalSpy hover(&fixture.view, &ChartView::hoverChanged);
    QTest::keyClick(&fixture.view, Qt::Key_Return);
    QCOMPARE(hover.constLast().at(0).value<TimeUs>(), fixture.scene.to_us - kSecond);
    QTest::keyClick(&fixture.view, Qt::Key_Left);
    QCOMPARE(hover.constLast().at(0).value<TimeUs>(), fixture.scene.to_us - 2 * kSecond);
    QTest::keyClick(&fixture.view, Qt::Key_Right);
    QCOMPARE(hover.constLast().at(0).value<TimeUs>(), fixture.scene.to_us - kSecond);
    ChartScene later = fixture.scene;
    later.from_us += 5 * kSecond;
    later.to_us += 5 * kSecond;
    fixture.view.setScene(later);
    QCOMPARE(hover.constLast().at(0).value<TimeUs>(), fixture.scene.to_us - kSecond); // stays at its time
    QTest::keyClick(&fixture.view, Qt::Key_Escape);
    QVERIFY(fixture.view.hoverText().isEmpty());
  }

  void arrowKeysPanWhileNothingIsHovered() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    QTest::keyClick(&fixture.view, Qt::Key_Left);
    QCOMPARE(fixture.from(chosen), fixture.scene.from_us - 30 * kSecond);
    QTest::keyClick(&fixture.view, Qt::Key_PageDown);
    QCOMPARE(fixture.from(chosen), fixture.scene.from_us + 240 * kSecond);
    QTest::keyClick(&fixture.view, Qt::Key_Plus);
    QCOMPARE(fixture.to(chosen) - fixture.from(chosen), 240 * kSecond);
  }

  void copiesTheHoveredRow() {
    Fixture fixture;
    QTest::mouseMove(&fixture.view, fixture.at(100 * kSecond));
    QTest::keyClick(&fixture.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), fixture.view.hoverText());
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("Time\tDevice\tTemperature")));
  }

  void twoPinsMeasureWhatLiesBetween() {
    Fixture fixture;
    const QImage before = fixture.view.grab().toImage();
    for (const TimeUs time : {60 * kSecond, 120 * kSecond}) {
      QTest::mouseMove(&fixture.view, fixture.at(time));
      QTest::keyClick(&fixture.view, Qt::Key_P);
    }
    fixture.view.setScene(fixture.scene); // pins survive a refresh
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&fixture.view, &leave);
    show(fixture.view, QStringLiteral("pins"));
    QVERIFY(fixture.view.grab().toImage() != before);
    QTest::keyClick(&fixture.view, Qt::Key_Escape);
    QCOMPARE(fixture.view.grab().toImage(), before);
    QTest::mouseClick(&fixture.view, Qt::LeftButton, Qt::ControlModifier, fixture.at(60 * kSecond));
    QVERIFY(fixture.view.grab().toImage() != before);
  }

  /// However long a picture takes, the one before is there, and the newest comes last.
  void showsTheNewestPictureAfterAllThatCameMeanwhile() {
    Fixture fixture;
    QSignalSpy shown(&fixture.view, &ChartView::pictureShown);
    ChartScene other = fixture.scene;
    for (int turn = 0; turn < 20; ++turn) {
      other.from_us += kSecond;
      fixture.view.setScene(other);
      fixture.view.repaint();
    }
    QTRY_VERIFY(fixture.view.isUpToDate());
    QVERIFY(shown.count() >= 1 && shown.count() <= 20);
    Fixture fresh;
    fresh.view.setScene(other);
    fresh.view.finishPicture();
    QCOMPARE(fixture.view.grab().toImage(), fresh.view.grab().toImage());
  }

  void mayEndWhileAPictureIsMade() {
    for (int turn = 0; turn < 20; ++turn) {
      Fixture fixture;
      fixture.view.showRange({fixture.scene.from_us + kSecond, fixture.scene.to_us});
      fixture.view.repaint();
    }
  }

  void neverZoomsBeyondSense() {
    Fixture fixture;
    for (int i = 0; i < 200; ++i)
      wheel(fixture.view, fixture.at(75 * kSecond), 120);
    QVERIFY(fixture.view.shownScene().to_us - fixture.view.shownScene().from_us >= kMillisecond);
    for (int i = 0; i < 400; ++i)
      wheel(fixture.view, fixture.at(75 * kSecond), -120);
    QVERIFY(fixture.view.shownScene().from_us >= kEarliestTime);
    QVERIFY(fixture.view.shownScene().to_us <= kLatestTime);
    fixture.view.grab();
  }

  void standsAnEmptyScene() {
    ChartView view;
    view.resize(kSize);
    view.grab();
    QTest::mouseMove(&view, QPoint(300, 100));
    QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, QPoint(300, 100));
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, QPoint(500, 100));
    QTest::keyClick(&view, Qt::Key_Return);
    wheel(view, QPointF(20, 100), 120);
    view.resize(10, 10);
    view.grab();
    QVERIFY(view.hoverText().isEmpty());
  }

  void isNamedForThoseWhoDoNotSeeIt() {
    ChartView view;
    QVERIFY(!view.accessibleName().isEmpty());
    QCOMPARE(view.focusPolicy(), Qt::StrongFocus);
  }
};

METEOROGRAPH_TEST(tst_ChartView)
#include "tst_ChartView.moc"
