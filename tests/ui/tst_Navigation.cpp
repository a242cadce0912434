// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/ShownWindow.h"
#include "ui/panels/DevicesPanel.h"

#include <QWheelEvent>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// Counts what a widget paints.
class PaintCounter : public QObject {
public:
  explicit PaintCounter(QWidget &widget) { widget.installEventFilter(this); }
  int painted = 0;

private:
  bool eventFilter(QObject *, QEvent *event) override {
    painted += event->type() == QEvent::Paint ? 1 : 0;
    return false;
  }
};

/// The window's first answers are in.
struct Bench : ShownWindow {
  TimeUs now = wallClockNow();

  Bench() { open(sampleOverview(now)); }
  void answer() { engine->answerSeries(sampleSeries(engine->seriesRequests.back())); }
  void turnWheel(int angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    const QPointF at(charts()->width() / 2.0, charts()->height() / 2.0);
    QWheelEvent event(at, charts()->mapToGlobal(at), QPoint(), QPoint(0, angle), Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(charts(), &event);
  }
  QPoint inCharts(double share) const {
    return charts()->mapTo(&window,
                           QPoint(static_cast<int>(charts()->width() * share), charts()->height() / 2));
  }
  ViewRange asked() const {
    return {engine->seriesRequests.back().from_us, engine->seriesRequests.back().to_us};
  }
};

} // namespace

class tst_Navigation : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void theOldPictureMovesAtOnceAndTheExactOneFollows() {
    Bench bench;
    const ChartScene before = bench.charts()->shownScene();
    bench.charts()->finishPicture();
    const QImage seen = bench.charts()->grab().toImage();
    bench.turnWheel(120, Qt::ShiftModifier);
    const ChartScene moved = bench.charts()->shownScene();
    QVERIFY(moved.from_us < before.from_us);
    QCOMPARE(moved.series.from_us, before.series.from_us); // what is at hand
    bench.charts()->finishPicture();
    QVERIFY(bench.charts()->grab().toImage() != seen);
    QCOMPARE(moved.panes[0].fixedRange.has_value(), true); // and its value axes do not jump
    QCOMPARE(bench.asked().from_us, moved.from_us);
    bench.answer();
    QTRY_COMPARE(bench.charts()->shownScene().series.from_us, moved.from_us);
    QCOMPARE(bench.charts()->shownScene().from_us, moved.from_us);
  }

  void gesturesQueueNoQueries() {
    Bench bench;
    const std::size_t before = bench.engine->seriesRequests.size();
    for (int turn = 0; turn < 30; ++turn) {
      bench.turnWheel(turn % 3 == 0 ? 120 : 30, turn % 4 == 0 ? Qt::ShiftModifier : Qt::NoModifier);
      QCoreApplication::processEvents();
      QCOMPARE(bench.engine->series.size(), std::size_t{1});
      QCOMPARE(bench.charts()->shownScene().from_us, bench.window.controller().live().range().from_us);
    }
    QCOMPARE(bench.engine->seriesRequests.size(), before + 1);
    bench.answer();
    QTRY_COMPARE(bench.engine->seriesRequests.size(), before + 2); // only the last wish is asked for
    QCOMPARE(bench.asked().from_us, bench.charts()->shownScene().from_us);
    QCOMPARE(bench.asked().to_us, bench.charts()->shownScene().to_us);
  }

  void anAnswerThatComesTooLateIsNeverDrawn() {
    Bench bench;
    bench.turnWheel(120);
    const TimeUs first = bench.asked().from_us;
    bench.answer();       // on its way to this thread
    bench.turnWheel(120); // but the user is further by now
    QCoreApplication::processEvents();
    QVERIFY(bench.charts()->shownScene().series.from_us != first);
    QTRY_COMPARE(bench.engine->series.size(), std::size_t{1});
    QVERIFY(bench.asked().from_us != first);
    bench.answer();
    QTRY_COMPARE(bench.charts()->shownScene().series.from_us, bench.charts()->shownScene().from_us);
  }

  void aPanTakesDataWhileTheButtonIsStillPressed() {
    Bench bench;
    QWindow *window = bench.window.windowHandle();
    QTest::mousePress(window, Qt::MiddleButton, Qt::NoModifier, bench.inCharts(0.5));
    QTest::mouseMove(window, bench.inCharts(0.6));
    QTRY_COMPARE(bench.engine->series.size(), std::size_t{1});
    const ViewRange range = bench.asked();
    bench.answer();
    QTRY_COMPARE(bench.charts()->shownScene().series.from_us, range.from_us);
    QVERIFY(QGuiApplication::mouseButtons() & Qt::MiddleButton);
    QTest::mouseRelease(window, Qt::MiddleButton, Qt::NoModifier, bench.inCharts(0.6));
  }

  void nothingIsRebuiltUnderAPressedButton() {
    Bench bench;
    QWindow *window = bench.window.windowHandle();
    bench.window.controller().tick();
    QCOMPARE(bench.engine->overviews.size(), std::size_t{1});
    auto *devices = bench.window.findChild<DevicesPanel *>();
    const QImage before = devices->grab().toImage();
    QTest::mousePress(window, Qt::LeftButton, Qt::NoModifier, bench.inCharts(0.5));
    Overview grown = sampleOverview(bench.now);
    ++grown.revision;
    grown.devices.push_back(grown.devices.front());
    grown.devices.back().id = 5;
    grown.devices.back().name = "attic";
    bench.engine->answerOverview(grown);
    QCoreApplication::processEvents();
    bench.window.controller().tick(); // skipped too
    QVERIFY(bench.engine->overviews.empty());
    QCOMPARE(bench.window.controller().overview().devices.size(), std::size_t{4});
    QCOMPARE(devices->grab().toImage(), before);
    QTest::mouseRelease(window, Qt::LeftButton, Qt::NoModifier, bench.inCharts(0.5));
    QTRY_COMPARE(bench.window.controller().overview().devices.size(), std::size_t{5});
  }

  void nothingIsAskedOrPaintedWhileMinimised() {
    Bench bench;
    bench.window.showMinimized();
    QTRY_VERIFY(bench.window.isMinimized());
    QCoreApplication::processEvents();
    const PaintCounter charts(*bench.charts());
    bench.window.controller().tick();
    QCoreApplication::processEvents();
    QVERIFY(bench.engine->overviews.empty());
    QCOMPARE(charts.painted, 0);
    bench.window.showNormal();
    QTRY_COMPARE(bench.engine->overviews.size(), std::size_t{1}); // and catches up at once
  }

  void aWindowOutOfSightAsksForNothingAndCatchesUp() {
    Bench bench;
    bench.window.hide();
    QCoreApplication::processEvents();
    bench.window.controller().tick();
    QVERIFY(bench.engine->overviews.empty());
    bench.window.show();
    QTRY_COMPARE(bench.engine->overviews.size(), std::size_t{1});
    Overview grown = sampleOverview(bench.now);
    ++grown.revision;
    bench.engine->answerOverview(grown);
    QTRY_COMPARE(bench.engine->series.size(), std::size_t{1});
    bench.answer();
    QTRY_COMPARE(bench.charts()->shownScene().series.from_us, bench.asked().from_us);
  }

  void backspaceUndoesGesturesAndChoicesInTheirOrder() {
    Bench bench;
    const auto range = [&bench] { return bench.window.controller().live().range(); };
    const auto drag = [&bench] {
      QWindow *window = bench.window.windowHandle();
      QTest::mousePress(window, Qt::LeftButton, Qt::NoModifier, bench.inCharts(0.4));
      QTest::mouseMove(window, bench.inCharts(0.6));
      QTest::mouseRelease(window, Qt::LeftButton, Qt::NoModifier, bench.inCharts(0.6));
    };
    const auto back = [&bench] { QTest::keyClick(bench.charts(), Qt::Key_Backspace); };
    drag();
    const ViewRange first = range();
    QVERIFY(first.width() < 5 * kMinute);
    bench.window.controller().changeRange([](LiveState &live) { live.showSpan(LiveSpan::last(kHour)); });
    drag();
    back();
    QVERIFY(bench.window.controller().live().isLive()); // not only where it was, but live
    QCOMPARE(range().width(), kHour);
    back();
    QVERIFY(range() == first);
    back();
    QVERIFY(bench.window.controller().live().isLive());
    QCOMPARE(range().width(), 5 * kMinute);
  }

  void aRefreshLeavesTheHoverLineAlone() {
    Bench bench;
    QTest::mouseMove(bench.charts(), QPoint(bench.charts()->width() / 2, 60));
    QVERIFY(!bench.charts()->hoverText().isEmpty());
    bench.window.controller().tick();
    Overview grown = sampleOverview(bench.now);
    ++grown.revision;
    bench.engine->answerOverview(grown);
    QTRY_COMPARE(bench.engine->series.size(), std::size_t{1});
    bench.answer();
    QTRY_VERIFY(!bench.client.seriesInFlight());
    QVERIFY(!bench.charts()->hoverText().isEmpty());
  }
};

METEOROGRAPH_TEST(tst_Navigation)
#include "tst_Navigation.moc"
