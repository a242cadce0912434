// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/ShownWindow.h"
#include "ui/dialogs/AnnotationDialog.h"
#include "ui/dialogs/AnnotationList.h"
#include "ui/dialogs/ReadingsDialog.h"
#include "ui/panels/AskBar.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTableView>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// Two annotations are in the store.
struct Bench : ShownWindow {
  Overview overview = sampleOverview(wallClockNow());

  Bench() {
    overview.annotations = {{4, overview.newest_us - kHour, kNoTime, "Filter changed", {}, 0},
                            {7, overview.newest_us - 2 * kMinute, kNoTime, "Door open", "rpi-lobby", 1}};
    open(overview);
  }
  template <class T> T *dialog() const { return window.findChild<T *>(); }
  /// A mouse that does not move tells nothing.
  void hover(double share) const {
    QTest::mouseMove(charts(), QPoint(static_cast<int>(charts()->width() * share) - 9, 190));
    QTest::mouseMove(charts(), QPoint(static_cast<int>(charts()->width() * share), 200));
    QVERIFY(charts()->hoveredSpot().time_us != kNoTime);
  }
  void press(int key) const { QTest::keyClick(charts(), static_cast<Qt::Key>(key)); }
};

ReadingsOfWindow sampleReadings(int count, std::int64_t total) {
  ReadingsOfWindow window;
  window.quantities = {{1, "temperature", "°C", "temperature", {}}};
  for (int i = 0; i < count; ++i)
    window.readings.push_back({i + 1,
                               i * kMillisecond,
                               kSecond,
                               i == 1 ? kReadingLate : 0,
                               {20.25 + i},
                               {},
                               5,
                               "/data/sensors/a.json",
                               10 + i,
                               100 * i});
  window.total = total;
  return window;
}

} // namespace

/// What one does at a place in the charts: annotations, provenance, marks.
class tst_AnnotationsInWindow : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void aKeyWritesOneAtTheHoveredTime() {
    Bench bench;
    bench.hover(0.5);
    const TimeUs time = bench.charts()->hoveredSpot().time_us;
    bench.press(Qt::Key_A);
    auto *dialog = bench.dialog<AnnotationDialog>();
    QVERIFY(dialog);
    QVERIFY2(!buttonIn(dialog, "Save")->isEnabled(), "it would say nothing");
    QVERIFY(!buttonIn(dialog, "Delete"));
    fieldIn(dialog, "Text")->setText("  Window opened ");
    QTest::keyClick(fieldIn(dialog, "Text"), Qt::Key_Return);
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"annotate 0"});
    QCOMPARE(bench.engine->annotation.text, std::string("Window opened"));
    QCOMPARE(bench.engine->annotation.from_us, time); // finer than the field shows
    QCOMPARE(bench.engine->annotation.to_us, kNoTime);
    QCOMPARE(bench.engine->annotation.device, std::string());
  }

  void twoPinsMakeAStretch() {
    Bench bench;
    for (const double share : {0.7, 0.3}) {
      bench.hover(share);
      bench.press(Qt::Key_P);
    }
    const std::optional<ViewRange> pinned = bench.charts()->pinnedRange();
    QVERIFY(pinned && pinned->from_us < pinned->to_us);
    bench.press(Qt::Key_A);
    fieldIn(bench.dialog<AnnotationDialog>(), "Text")->setText("x");
    buttonIn(bench.dialog<AnnotationDialog>(), "Save")->click();
    QCOMPARE(bench.engine->annotation.from_us, pinned->from_us);
    QCOMPARE(bench.engine->annotation.to_us, pinned->to_us);
  }

  void refusesTimesThatCannotBe() {
    Bench bench;
    bench.hover(0.5);
    bench.press(Qt::Key_A);
    auto *dialog = bench.dialog<AnnotationDialog>();
    fieldIn(dialog, "Text")->setText("x");
    QVERIFY(buttonIn(dialog, "Save")->isEnabled());
    fieldIn(dialog, "Until")->setText("2001-01-01"); // before it begins
    QVERIFY(!buttonIn(dialog, "Save")->isEnabled());
    fieldIn(dialog, "Until")->clear();
    fieldIn(dialog, "Time")->setText("when?");
    QVERIFY(!buttonIn(dialog, "Save")->isEnabled());
  }

  void aDoubleClickOnTheLineEditsIt() {
    Bench bench;
    const ChartScene scene = bench.charts()->shownScene();
    const ChartLayout layout = layoutChart(scene, chartTheme(true), bench.charts()->size());
    const QPoint at(static_cast<int>(layout.xOf(scene.annotations[1].from_us)), 220);
    QTest::mouseDClick(bench.charts(), Qt::LeftButton, {}, at);
    QTest::mouseRelease(bench.charts(), Qt::LeftButton, {}, at); // which Qt's double click lacks
    auto *dialog = bench.dialog<AnnotationDialog>();
    QVERIFY(dialog);
    QCOMPARE(fieldIn(dialog, "Text")->text(), QStringLiteral("Door open"));
    fieldIn(dialog, "Text")->setText("Door was open");
    buttonIn(dialog, "Save")->click();
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"annotate 7"});
    QCOMPARE(bench.engine->annotation.device, std::string("rpi-lobby")); // what was not changed stays
    QCOMPARE(bench.engine->annotation.quantity, QuantityId{1});
  }

  void whatWasDeletedComesBack() {
    Bench bench;
    bench.action("Annotations…")->trigger();
    auto *list = bench.dialog<AnnotationList>();
    QVERIFY(list && list->isVisible());
    QCOMPARE(list->findChild<QTableView *>()->model()->rowCount(), 2);
    buttonIn(list, "Delete")->click();
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"forget annotation 4"});
    bench.engine->answerCorrection(CorrectionReport());
    auto *bar = bench.window.findChild<AskBar *>();
    QTRY_VERIFY(bar->isVisible());
    QVERIFY(bar->findChild<QLabel *>()->text().contains("Filter changed"));
    QVERIFY(buttonIn(bar, "Dismiss") && !buttonIn(bar, "Cancel"));
    buttonIn(bar, "Undo")->click();
    QCOMPARE(bench.engine->corrections.back(), std::string("annotate 0")); // as a new one
    Annotation again = bench.overview.annotations[0];
    again.id = 0;
    QVERIFY(bench.engine->annotation == again);
  }

  void theNextCorrectionEndsTheOfferToUndo() {
    Bench bench;
    bench.action("Annotations…")->trigger();
    buttonIn(bench.dialog<AnnotationList>(), "Delete")->click();
    bench.engine->answerCorrection(CorrectionReport());
    auto *bar = bench.window.findChild<AskBar *>();
    QTRY_VERIFY(bar->isVisible());
    bench.hover(0.5);
    bench.press(Qt::Key_A);
    fieldIn(bench.dialog<AnnotationDialog>(), "Text")->setText("x");
    buttonIn(bench.dialog<AnnotationDialog>(), "Save")->click();
    QVERIFY(!bar->isVisible());
  }

  void theListGoesToTheTime() {
    Bench bench;
    bench.action("Annotations…")->trigger();
    buttonIn(bench.dialog<AnnotationList>(), "Go to")->click();
    const ViewRange range = bench.window.controller().live().range();
    QVERIFY(range.from_us < bench.overview.annotations[0].from_us);
    QVERIFY(range.to_us > bench.overview.annotations[0].from_us);
    QVERIFY(!bench.window.controller().live().isLive());
  }

  void theContextMenuOffersWhatLiesThere() {
    Bench bench;
    const QPoint at(bench.charts()->width() / 2, 200);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, bench.charts()->mapToGlobal(at));
    QApplication::sendEvent(bench.charts(), &event);
    QStringList texts;
    for (const QMenu *menu : bench.charts()->findChildren<QMenu *>())
      for (const QAction *action : menu->actions())
        texts << action->text().remove(QLatin1Char('&')).section(QLatin1Char('\t'), 0, 0);
    for (const char *wanted : {"Annotate…", "Pin this time", "Show readings…", "Copy values", "Marks"})
      QVERIFY2(texts.contains(QString::fromUtf8(wanted)), wanted);
    QVERIFY(!texts.contains(QStringLiteral("Delete annotation")));
  }

  void showsTheReadingsBehindAPointAndTheirRecord() {
    Bench bench;
    bench.hover(0.5);
    bench.press(Qt::Key_Right); // onto a point
    bench.press(Qt::Key_Return);
    auto *dialog = bench.dialog<ReadingsDialog>();
    QVERIFY(dialog);
    const ReadingsRequest asked = bench.engine->readingsRequests.at(0);
    QVERIFY(asked.to_us > asked.from_us && asked.device != 0);
    bench.engine->readings.front().handler(sampleReadings(3, 100'000));
    QTRY_COMPARE(bench.engine->rawRequests.size(), std::size_t{1}); // of the first, which is chosen
    QCOMPARE(bench.engine->rawRequests[0], std::pair(std::int64_t{5}, std::int64_t{0}));
    const QAbstractItemModel *rows = dialog->findChild<QTableView *>()->model();
    QCOMPARE(rows->rowCount(), 3);
    QCOMPARE(rows->index(0, 2).data().toString(), QStringLiteral("20.25"));
    QCOMPARE(rows->index(2, 5).data().toString(), QStringLiteral("a.json"));
    QVERIFY(rows->index(1, 3).data().toString().contains("late"));
    const QTableView *table = dialog->findChild<QTableView *>();
    QCOMPARE(table->textElideMode(), Qt::ElideMiddle);
    for (int column = 0; column < 2; ++column)
      QVERIFY2(table->columnWidth(column) >=
                   table->fontMetrics().horizontalAdvance(rows->index(0, column).data().toString()) + 6,
               "milliseconds are seen");
    bool tellsOfMore = false;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
      tellsOfMore = tellsOfMore || label->text().startsWith("The first 3 of 100,000 readings");
    QVERIFY(tellsOfMore);
    bench.engine->rawRecords.front().handler(RawRecord{RawRecord::State::Found, "{\"a\":1}", false});
    auto *text = dialog->findChild<QPlainTextEdit *>();
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("{\"a\":1}"));
    buttonIn(dialog, "Copy record")->click();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("{\"a\":1}"));
  }

  void saysWhenTheFileIsGone() {
    Bench bench;
    bench.hover(0.5);
    bench.press(Qt::Key_Right); // onto a point
    bench.press(Qt::Key_Return);
    bench.engine->readings.front().handler(sampleReadings(1, 1));
    QTRY_COMPARE(bench.engine->rawRecords.size(), std::size_t{1});
    bench.engine->rawRecords.front().handler(RawRecord{RawRecord::State::Gone, {}, false});
    auto *text = bench.dialog<ReadingsDialog>()->findChild<QPlainTextEdit *>();
    QTRY_VERIFY(text->placeholderText().contains("gone"));
    QVERIFY(!buttonIn(bench.dialog<ReadingsDialog>(), "Copy record")->isEnabled());
  }

  void withdrawsWhatItNeedsNoLonger() {
    Bench bench;
    bench.hover(0.5);
    bench.press(Qt::Key_Right); // onto a point
    bench.press(Qt::Key_Return);
    auto *dialog = bench.dialog<ReadingsDialog>();
    auto *devices = dialog->findChild<QComboBox *>();
    QCOMPARE(devices->count(), 4);
    devices->setCurrentIndex(devices->currentIndex() == 3 ? 0 : 3);
    QCOMPARE(bench.engine->readingsRequests.size(), std::size_t{2});
    QCOMPARE(bench.engine->cancelled.back(), bench.engine->readings[0].id);
    bench.engine->readings[0].handler(sampleReadings(3, 3)); // too late
    dialog->close();
    QTRY_COMPARE(bench.engine->cancelled.back(), bench.engine->readings[1].id);
    QCOMPARE(bench.engine->rawRequests.size(), std::size_t{0});
  }

  void whatWasWithdrawnIsNotTakenForTheAnswer() {
    Bench bench;
    bench.hover(0.5);
    bench.press(Qt::Key_Right); // onto a point
    bench.press(Qt::Key_Return);
    auto *dialog = bench.dialog<ReadingsDialog>();
    auto *devices = dialog->findChild<QComboBox *>();
    const int first = devices->currentIndex();
    devices->setCurrentIndex(first == 3 ? 0 : 3);
    devices->setCurrentIndex(first); // there and back: the same device, another request
    QCOMPARE(bench.engine->readings.size(), std::size_t{3});
    bench.engine->readings[0].handler(fail(ErrorCode::Cancelled, "the query was withdrawn"));
    bench.engine->readings[1].handler(fail(ErrorCode::Cancelled, "the query was withdrawn"));
    bench.engine->readings[2].handler(sampleReadings(3, 3));
    QTRY_COMPARE(dialog->findChild<QTableView *>()->model()->rowCount(), 3);
    for (const QLabel *label : dialog->findChildren<QLabel *>())
      QVERIFY2(!label->text().contains("withdrawn"), qPrintable(label->text()));
    QVERIFY(dialog->windowTitle().contains("UTC"));
  }

  void marksAreSwitchedInTheMenuAndRemembered() {
    Bench bench;
    QVERIFY(bench.charts()->shownScene().marks.late);
    bench.action("Windows that late readings repaired")->trigger();
    bench.action("Windows that late readings repaired")->trigger();
    QVERIFY(bench.charts()->shownScene().marks.late);
    bench.action("Limits")->trigger();
    QVERIFY(!bench.charts()->shownScene().marks.limits);
    bench.window.controller().save(bench.settings);
    ViewState view;
    LiveState live;
    restoreView(bench.settings, view, live);
    ChartMarks wanted;
    wanted.limits = false;
    QVERIFY(view.marks == wanted);
  }
};

METEOROGRAPH_TEST(tst_AnnotationsInWindow)
#include "tst_AnnotationsInWindow.moc"
