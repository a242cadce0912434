// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/ShownWindow.h"
#include "ui/Theme.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/dialogs/RangeDialog.h"
#include "ui/dialogs/ShortcutsSheet.h"
#include "ui/panels/DevicesPanel.h"
#include "ui/panels/PipelinePanel.h"
#include "ui/panels/RowList.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace meteorograph;
using namespace meteorograph::ui;

class tst_MainWindow : public QObject {
  Q_OBJECT
  struct Bench : ShownWindow {
    QString allText() const {
      QString text;
      for (const QLabel *label : window.findChildren<QLabel *>())
        if (label->isVisible())
          text += label->text() + QLatin1Char('\n');
      return text;
    }
    QAbstractButton *button(const QString &accessibleName) const {
      for (QAbstractButton *button : window.findChildren<QAbstractButton *>())
        if (button->accessibleName() == accessibleName)
          return button;
      return nullptr;
    }
  };

private Q_SLOTS:
  void startsEmptyWithTheWaysIn() {
    Bench bench;
    QVERIFY(bench.allText().contains("Drop files or folders here"));
    QSignalSpy demo(&bench.window, &MainWindow::demoRequested);
    bench.button("Start the demo with simulated sensors")->click();
    QCOMPARE(demo.count(), 1);
  }

  void showsTheAccountTheTilesAndThePipeline() {
    Bench bench;
    bench.open();
    const QString text = bench.allText();
    QVERIFY(text.contains(
        "everything accounted for: 12,480,158 records = 12,480,112 accepted + 3 quarantined + 43 skipped"));
    QVERIFY(text.contains("Temperature · all devices"));
    QVERIFY(text.contains("1,204,511"));
    QVERIFY(text.contains("6,010 windows"));
    QVERIFY(text.contains("revision 20,114"));
    QCOMPARE(bench.charts()->shownScene().panes.size(), std::size_t{3});
    QVERIFY(bench.charts()->isVisible());
  }

  void spaceHoldsAndEndFollows() {
    Bench bench;
    bench.open();
    QTest::keyClick(&bench.window, Qt::Key_Space);
    QVERIFY(!bench.window.controller().live().isLive());
    QVERIFY(bench.button("Live state; press to follow the newest data")->text().contains("0 new"));
    QTest::keyClick(&bench.window, Qt::Key_Left);
    QVERIFY(!bench.window.controller().live().isLive());
    QTest::keyClick(&bench.window, Qt::Key_End);
    QVERIFY(bench.window.controller().live().isLive());
    QCOMPARE(bench.window.controller().live().range().width(), 5 * kMinute);
  }

  void presetsAndChartGesturesChangeTheRange() {
    Bench bench;
    bench.open();
    bench.button("Last 1 h")->click();
    QCOMPARE(bench.window.controller().live().range().width(), kHour);
    QVERIFY(bench.window.controller().live().isLive());
    bench.answerAll();
    Q_EMIT bench.charts()->rangeChosen(1000 * kSecond, 2000 * kSecond, true);
    QVERIFY(!bench.window.controller().live().isLive());
    QCOMPARE(bench.window.controller().live().range().width(), 1000 * kSecond);
  }

  void aPaneComesWithItsQuantity() {
    Bench bench;
    bench.open();
    RowList *quantities = nullptr;
    for (RowList *list : bench.window.findChildren<RowList *>())
      if (list->accessibleName() == "Quantities")
        quantities = list;
    const QModelIndex co2 = quantities->model()->index(3, 0);
    QCOMPARE(co2.data().toString(), QStringLiteral("CO₂"));
    quantities->model()->setData(co2, Qt::Checked, Qt::CheckStateRole);
    QTRY_COMPARE(bench.engine->seriesRequests.back().quantities.size(), std::size_t{4});
    bench.answerAll();
    QTRY_COMPARE(bench.charts()->shownScene().panes.size(), std::size_t{4});
  }

  void aDoubleClickShowsADeviceAloneAndThenAll() {
    Bench bench;
    bench.open();
    auto *devices = bench.window.findChild<DevicesPanel *>()->findChild<RowList *>();
    const auto doubleClick = [devices](int row, int x) {
      const QPoint at(x, devices->visualRect(devices->model()->index(row, 0)).center().y());
      QTest::mouseClick(devices->viewport(), Qt::LeftButton, {}, at);
      QTest::mouseDClick(devices->viewport(), Qt::LeftButton, {}, at);
      QTest::mouseRelease(devices->viewport(), Qt::LeftButton, {}, at);
    };
    doubleClick(1, 120);
    bench.answerAll();
    QCOMPARE(bench.charts()->shownScene().devices.size(), std::size_t{1});
    QCOMPARE(bench.charts()->shownScene().devices[0].name, QStringLiteral("rpi-lobby"));
    doubleClick(1, 120);
    bench.answerAll();
    QCOMPARE(bench.charts()->shownScene().devices.size(), std::size_t{4});
    doubleClick(1, 24); // two clicks on the check box
    bench.answerAll();
    QCOMPARE(bench.charts()->shownScene().devices.size(), std::size_t{4});
  }

  void followsWhatIsDropped() {
    Bench bench;
    QSignalSpy opened(&bench.window, &MainWindow::openPathsRequested);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/data/landing"), QUrl("https://example.org/x")});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bench.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bench.window, &drop);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toStringList(), QStringList{"/data/landing"});
    QCOMPARE(bench.settings.value(Setting::RecentFolders).toStringList(), QStringList{"/data/landing"});
  }

  void errorsGoToALineAndAList() {
    Bench bench;
    bench.open();
    Q_EMIT bench.client.failed("the disk is full");
    QVERIFY(bench.allText().contains("the disk is full"));
    QVERIFY(!QApplication::activeModalWidget());
    bench.button("Show the list of events")->click();
    const auto listed = [&bench] {
      for (const QTableView *table : bench.window.findChildren<QTableView *>())
        if (table->accessibleName() == "Events" && table->isVisible())
          return table->model()->rowCount();
      return 0;
    };
    QTRY_COMPARE(listed(), 1);
  }

  void longLoadsShowProgressAndCancel() {
    Bench bench;
    bench.open();
    bench.engine->state.state = EngineStatus::State::Loading;
    bench.engine->state.bytes_total = 804'000'000;
    bench.engine->state.bytes_done = 402'000'000;
    bench.engine->state.read_bytes_per_second = 67'000'000;
    bench.engine->state.current_file = "/data/archive-2025.csv.gz";
    const auto cancel = [&bench] { return bench.button("Cancel the load; what was committed stays"); };
    bench.window.controller().tick();
    QVERIFY(!cancel()->isVisible()); // short loads do not flash
    QTRY_VERIFY((bench.window.controller().tick(), cancel()->isVisible()));
    QVERIFY(bench.allText().replace(QChar(0xa0), ' ').contains("402 MB of 804 MB"));
    QVERIFY(bench.allText().contains("6.0 s left"));
    cancel()->click();
    QCOMPARE(bench.engine->loadsCancelled, 1);
  }

  void checksAndBackupsShowTheirProgress() {
    Bench bench;
    bench.open();
    bench.engine->state.care = "Backing up the store";
    bench.engine->state.care_done = 0.25;
    const auto shows = [&bench](const QString &text) {
      bench.window.controller().tick();
      return bench.allText().contains(text);
    };
    QTRY_VERIFY(shows("Backing up the store · 25 %"));
    QVERIFY(!bench.button("Cancel the load; what was committed stays")->isVisible());
    bench.engine->state.care = "Checking the store";
    bench.engine->state.care_done = -1;
    QVERIFY(shows("Checking the store\n"));
    bench.engine->state.care.clear();
    QVERIFY(!shows("Checking the store"));
  }

  void dialogsOpenWithoutBlocking_data() {
    QTest::addColumn<QString>("action");
    for (const char *action : {"Export…", "Choose range…", "Keyboard and mouse", "Settings…", "Other zone…",
                               "Open data folder…", "New store…", "About Meteorograph"})
      QTest::newRow(action) << QString::fromUtf8(action);
  }
  void dialogsOpenWithoutBlocking() {
    QFETCH(QString, action);
    Bench bench;
    bench.open();
    QVERIFY(bench.action(action));
    bench.action(action)->trigger();
    QTRY_VERIFY(QApplication::activeModalWidget());
    QApplication::activeModalWidget()->close();
    QTRY_VERIFY(!QApplication::activeModalWidget());
  }

  void copiesWhatIsSeen() {
    Bench bench;
    bench.open();
    bench.action("Copy what is seen as CSV")->trigger();
    QVERIFY(QApplication::clipboard()->text().startsWith("time_utc,time_local,device"));
    bench.action("Copy charts as a picture")->trigger();
    QVERIFY(!QApplication::clipboard()->image().isNull());
  }

  void everyControlHasAName() {
    Bench bench;
    bench.open();
    for (const QWidget *widget : bench.window.findChildren<QWidget *>()) {
      const bool control =
          qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
          qobject_cast<const QComboBox *>(widget) || qobject_cast<const QTableView *>(widget);
      const bool internal = widget->objectName().startsWith("qt_") ||
                            QByteArray(widget->metaObject()->className()).startsWith("QTableCorner") ||
                            QByteArray(widget->metaObject()->className()) == "QMenuBarExtension" ||
                            qobject_cast<const QLineEdit *>(widget->parentWidget());
      if (control && !internal && !widget->inherits("QTabBar") &&
          !widget->parentWidget()->inherits("QTabBar"))
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->metaObject()->className()));
    }
  }

  void bothThemesHaveTheSameRules() {
    loadResources();
    QString dark = styleSheetFor(true);
    QString light = styleSheetFor(false);
    QVERIFY(!dark.isEmpty());
    const QRegularExpression colour("#[0-9a-f]{6}");
    dark.replace(colour, "#").replace("dark", "");
    light.replace(colour, "#").replace("light", "");
    QCOMPARE(dark, light);
  }

  void changesItsLookAtOnce() {
    Bench bench;
    bench.open();
    bench.action("Light")->trigger();
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 128);
    bench.action("Dark")->trigger();
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
  }

  void anotherFontReachesWidgetsThatTheSheetHasSized() {
    Bench bench;
    bench.open();
    const QFont before = QApplication::font();
    QFont wider = before;
    wider.setStretch(150);
    applyFont(wider);
    for (const QLabel *label : bench.window.findChildren<QLabel *>())
      QCOMPARE(label->font().stretch(), 150);
    applyFont(before);
    QCOMPARE(bench.window.findChild<QLabel *>()->font().stretch(), before.stretch());
  }

  void asksTheDesktopForItsFontWhenItsThemeChanges() {
    Bench bench;
    bench.open();
    QFont other = QApplication::font();
    other.setStretch(150);
    applyFont(other);
    QEvent changed(QEvent::ThemeChange);
    QApplication::sendEvent(bench.window.windowHandle(), &changed);
    QCOMPARE(QApplication::font(), windowFont());
  }

  void aFactThatShrinksMovesNothing() {
    StageBox stage("Gold", "moving averages", {"range shown", "query", "frame"});
    stage.setFact(0, "54.7 min · 12 devices");
    const int width = stage.minimumSizeHint().width();
    stage.setFact(0, "1 h");
    QCOMPARE(stage.minimumSizeHint().width(), width);
  }

  void remembersItsSession() {
    QTemporaryDir folder;
    const QString path = folder.filePath("settings.ini");
    {
      Settings settings(path);
      MainWindow window(settings);
      window.controller().changeRange([](LiveState &live) { live.showSpan(LiveSpan::last(6 * kHour)); });
      window.controller().changeView([](ViewState &view) { view.zone = "Asia/Tokyo"; });
      window.close();
    }
    Settings settings(path);
    MainWindow window(settings);
    QCOMPARE(window.controller().live().span().width_us, 6 * kHour);
    QCOMPARE(window.controller().view().zone, QStringLiteral("Asia/Tokyo"));
  }

  void survivesTheStoreGoingAway() {
    Bench bench;
    bench.open();
    bench.window.setClient(nullptr, {});
    bench.window.showMessage("in use by another program", true);
    QVERIFY(bench.allText().contains("in use by another program"));
    QTest::keyClick(&bench.window, Qt::Key_Space);
    bench.window.controller().tick();
  }

  void theSheetOfKeysFitsASmallScreen() {
    ShortcutsSheet sheet;
    sheet.show();
    QCoreApplication::processEvents();
    QVERIFY2(sheet.width() <= 1240 && sheet.height() <= 740,
             qPrintable(QStringLiteral("%1 x %2").arg(sheet.width()).arg(sheet.height())));
    const auto buttons = sheet.findChildren<QAbstractButton *>();
    QVERIFY(!buttons.isEmpty() && sheet.rect().contains(buttons[0]->geometry()));
  }
};

METEOROGRAPH_TEST(tst_MainWindow)
#include "tst_MainWindow.moc"
