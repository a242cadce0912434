// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/ShownWindow.h"
#include "ui/charts/PaneLegend.h"
#include "ui/panels/AskBar.h"
#include "ui/panels/Tiles.h"

#include <QApplication>
#include <QInputDialog>
#include <QLabel>
#include <QMenuBar>
#include <QScrollArea>
#include <QStatusBar>
#include <QTemporaryDir>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

struct Bench : ShownWindow {
  explicit Bench(const QString &path) : ShownWindow(path) { open(); }
  QStringList panes() {
    QStringList names;
    for (const PaneSpec &pane : charts()->shownScene().panes)
      names << QString::fromStdString(pane.name);
    return names;
  }
  void save(const QString &name) {
    action(QStringLiteral("Save layout as…"))->trigger();
    type(name);
    QTRY_VERIFY(settings.layouts().contains(name));
  }
  void type(const QString &name) {
    auto *dialog = window.findChild<QInputDialog *>();
    QVERIFY(dialog);
    dialog->setTextValue(name);
    dialog->accept();
    QTRY_VERIFY(!window.findChild<QInputDialog *>());
    window.activateWindow();
    QTRY_VERIFY(window.isActiveWindow());
  }
  void moveFirstPaneDown() {
    QTest::keyClick(charts(), Qt::Key_Down);
    QTest::keyClick(charts(), Qt::Key_Down, Qt::AltModifier);
  }
};

const QStringList kUsual = {"temperature", "humidity", "pressure"};
const QStringList kMoved = {"humidity", "temperature", "pressure"};

} // namespace

class tst_LayoutsInWindow : public QObject {
  Q_OBJECT
  QTemporaryDir m_folder;
  int m_files = 0;
  QString newPath() { return m_folder.filePath(QString::number(++m_files) + QStringLiteral(".ini")); }

private Q_SLOTS:
  void panesSurviveARestart() {
    const QString path = newPath();
    {
      Bench bench(path);
      bench.moveFirstPaneDown();
      QTest::keyClick(bench.charts(), Qt::Key_R);
      bench.action(QStringLiteral("Small multiples: a row for each device"))->trigger();
      QCOMPARE(bench.panes(), kMoved);
      bench.window.close();
    }
    Bench again(path);
    QCOMPARE(again.panes(), kMoved);
    QCOMPARE(again.charts()->shownScene().panes[1].fit, AxisFit::Robust);
    QVERIFY(again.charts()->shownScene().multiples);
    QVERIFY(again.action(QStringLiteral("Small multiples: a row for each device"))->isChecked());
  }

  void asksBeforeItReplacesAnother() {
    Bench bench(newPath());
    bench.save(QStringLiteral("Night"));
    bench.moveFirstPaneDown();
    QCOMPARE(bench.panes(), kMoved);
    bench.action(QStringLiteral("Save layout as…"))->trigger();
    bench.type(QStringLiteral("Night"));
    auto *bar = bench.window.findChild<AskBar *>();
    QVERIFY(bar->isVisible());
    bench.action(QStringLiteral("Night"))->trigger();
    QCOMPARE(bench.panes(), kUsual); // it is as it was
    bench.moveFirstPaneDown();
    const QStringList replaced = bench.panes();
    QVERIFY(replaced != kUsual);
    buttonIn(bar, QStringLiteral("Replace"))->click();
    QVERIFY(!bar->isVisible());
    bench.action(QStringLiteral("Default"))->trigger();
    QCOMPARE(bench.panes(), kUsual);
    bench.action(QStringLiteral("Night"))->trigger();
    QCOMPARE(bench.panes(), replaced);
  }

  void aLayoutKeepsMarksAndTheTable() {
    Bench bench(newPath());
    const auto showsLimits = [&] { return bench.window.controller().view().marks.limits; };
    bench.window.controller().changeView([](ViewState &view) { view.marks.limits = false; });
    QAction *beneath = bench.action(QStringLiteral("Table beneath charts"));
    QVERIFY(beneath);
    beneath->setChecked(true);
    bench.save(QStringLiteral("Table"));
    bench.action(QStringLiteral("Default"))->trigger();
    QVERIFY(showsLimits() && !beneath->isChecked());
    bench.action(QStringLiteral("Table"))->trigger();
    QVERIFY(!showsLimits() && beneath->isChecked());
  }

  void aLayoutKeepsPanesDevicesRangeAndAverage() {
    Bench bench(newPath());
    bench.moveFirstPaneDown();
    bench.window.controller().changeRange([](LiveState &live) { live.showSpan(LiveSpan::last(kHour)); });
    bench.window.controller().changeView([&](ViewState &view) {
      view.average = averageFromSetting(QStringLiteral("60s"));
      view.showDevice(bench.window.controller().overview().devices[0], false);
    });
    bench.answerAll();
    bench.save(QStringLiteral("Night & day/1"));
    bench.action(QStringLiteral("Default"))->trigger();
    bench.answerAll();
    QCOMPARE(bench.panes(), kUsual);
    QCOMPARE(bench.charts()->shownScene().devices.size(), std::size_t{4});
    QVERIFY(bench.window.controller().live().span() != LiveSpan::last(kHour));
    QTest::keyClick(&bench.window, Qt::Key_1, Qt::ControlModifier);
    bench.answerAll();
    QCOMPARE(bench.panes(), kMoved);
    QCOMPARE(bench.charts()->shownScene().devices.size(), std::size_t{3});
    QCOMPARE(bench.window.controller().live().span(), LiveSpan::last(kHour));
    QCOMPARE(averageToSetting(bench.window.controller().view().average), QStringLiteral("60s"));
  }

  void layoutsAreRenamedAndDeleted() {
    const QString path = newPath();
    {
      Bench bench(path);
      bench.save(QStringLiteral("one"));
      bench.save(QStringLiteral("two"));
      auto *rename = bench.action(QStringLiteral("Rename"))->menu();
      rename->actions().constFirst()->trigger();
      bench.type(QStringLiteral("zero"));
      QCOMPARE(bench.settings.layouts(), (QStringList{"two", "zero"}));
      bench.action(QStringLiteral("Delete"))->menu()->actions().constFirst()->trigger();
      QCOMPARE(bench.settings.layouts(), QStringList{"zero"});
    }
    Bench again(path);
    QVERIFY(again.action(QStringLiteral("zero")));
    QVERIFY(!again.action(QStringLiteral("two")));
  }

  void renamingOntoAnotherAsksFirst() {
    Bench bench(newPath());
    bench.save(QStringLiteral("one"));
    bench.moveFirstPaneDown();
    bench.save(QStringLiteral("two"));
    const auto renameFirst = [&bench](const QString &name) {
      bench.action(QStringLiteral("Rename"))->menu()->actions().constFirst()->trigger();
      bench.type(name);
    };
    auto *bar = bench.window.findChild<AskBar *>();
    renameFirst(QStringLiteral("one")); // its own name asks nothing
    QVERIFY(!bar->isVisible());
    renameFirst(QStringLiteral("two"));
    QVERIFY(bar->isVisible());
    QCOMPARE(bench.settings.layouts(), (QStringList{"one", "two"}));
    buttonIn(bar, QStringLiteral("Cancel"))->click();
    QCOMPARE(bench.settings.layouts(), (QStringList{"one", "two"}));
    renameFirst(QStringLiteral("two"));
    buttonIn(bar, QStringLiteral("Replace"))->click();
    QCOMPARE(bench.settings.layouts(), QStringList{"two"});
    bench.action(QStringLiteral("two"))->trigger();
    QCOMPARE(bench.panes(), kUsual); // what was "one"
  }

  void aDamagedLayoutIsToldInOneLineAndTheUsualPanesCome() {
    const QString path = newPath();
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[session]\npanes=\"{\\\"order\\\":[\"\n[layouts]\nbad\\panes=@@@\nbad\\range_width_s=soon\n");
    file.close();
    Bench bench(path);
    QCOMPARE(bench.panes(), kUsual);
    const auto tells = [&] {
      for (const QLabel *label : bench.window.findChildren<QLabel *>())
        if (label->isVisible() &&
            label->text().contains(QLatin1String("arrangement of the panes was damaged")))
          return true;
      return false;
    };
    QVERIFY(tells());
    bench.action(QStringLiteral("bad"))->trigger();
    QCOMPARE(bench.panes(), kUsual);
  }

  void hidingAPaneLeavesTheOthers() {
    Bench bench(newPath());
    QTest::keyClick(bench.charts(), Qt::Key_Down);
    QTest::keyClick(bench.charts(), Qt::Key_Delete);
    QCOMPARE(bench.panes(), (QStringList{"humidity", "pressure"}));
    QTest::keyClick(bench.charts(), Qt::Key_Delete);
    QTest::keyClick(bench.charts(), Qt::Key_Delete);
    QCOMPARE(bench.panes().size(), 1); // one always stays
  }

  void theFullScreenShowsChartsAlone() {
    Bench bench(newPath());
    QTest::keyClick(&bench.window, Qt::Key_F11);
    QTRY_VERIFY(bench.window.isFullScreen());
    QVERIFY(!bench.window.menuBar()->isVisible());
    QVERIFY(!bench.window.statusBar()->isVisible());
    QVERIFY(bench.charts()->isVisible());
    for (const bool byEscape : {true, false}) {
      QTest::keyClick(&bench.window, byEscape ? Qt::Key_Escape : Qt::Key_F11);
      QTRY_VERIFY(!bench.window.isFullScreen());
      QVERIFY(bench.window.menuBar()->isVisible());
      QVERIFY(bench.window.statusBar()->isVisible());
      if (byEscape)
        QTest::keyClick(&bench.window, Qt::Key_F11);
    }
  }

  void aSessionThatEndedOnAFullScreenComesBackThere() {
    const QString path = newPath();
    {
      Bench bench(path);
      QTest::keyClick(&bench.window, Qt::Key_F11);
      QTRY_VERIFY(bench.window.isFullScreen());
      bench.window.close();
    }
    Bench again(path);
    QTRY_VERIFY(again.window.isFullScreen());
    QVERIFY(!again.window.menuBar()->isVisible());
    QVERIFY(!again.window.findChild<QScrollArea *>(QStringLiteral("side"))->isVisible());
    QTest::keyClick(&again.window, Qt::Key_F11);
    QTRY_VERIFY(again.window.menuBar()->isVisible());
    QVERIFY(again.window.findChild<QScrollArea *>(QStringLiteral("side"))->isVisible());
  }

  void escapeFirstGivesTheOtherPanesBack() {
    Bench bench(newPath());
    QTest::keyClick(&bench.window, Qt::Key_F11);
    QTRY_VERIFY(bench.window.isFullScreen());
    QTest::keyClick(bench.charts(), Qt::Key_M);
    QCOMPARE(bench.panes().size(), 1);
    QTest::keyClick(bench.charts(), Qt::Key_Escape);
    QCOMPARE(bench.panes().size(), 3);
    QVERIFY(bench.window.isFullScreen());
    QTest::keyClick(bench.charts(), Qt::Key_Escape);
    QTRY_VERIFY(!bench.window.isFullScreen());
  }
};

METEOROGRAPH_TEST(tst_LayoutsInWindow)
#include "tst_LayoutsInWindow.moc"
