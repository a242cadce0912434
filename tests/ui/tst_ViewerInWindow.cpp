// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/ShownWindow.h"
#include "ui/panels/DevicesPanel.h"
#include "ui/panels/RowList.h"
#include "ui/panels/SourcesPanel.h"
#include "ui/panels/ViewerBar.h"

#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QToolButton>

using namespace meteorograph;
using namespace meteorograph::ui;
using Reason = Viewing::Reason;

Q_DECLARE_METATYPE(Viewing)

class tst_ViewerInWindow : public QObject {
  Q_OBJECT
  struct Bench : ShownWindow {
    explicit Bench(const std::optional<Viewing> &viewing) { engine->view = viewing; }
    ViewerBar *bar() const { return window.findChild<ViewerBar *>(); }
    QPushButton *takeOver() const { return buttonIn(bar(), "Take over"); }
    void look() { window.controller().tick(); }
    QString allText() const {
      QString text;
      for (const QLabel *label : window.findChildren<QLabel *>())
        if (label->isVisible())
          text += label->text() + QLatin1Char('\n');
      return text;
    }
    /// Everything that changes the store and is there at any time.
    bool offersWriting(bool offers) const {
      for (const char *text : {"Open data folder…", "Open data files…", "Add data folder…", "Retention…"})
        if (action(text)->isEnabled() != offers)
          return false;
      for (const QAbstractButton *button : window.findChildren<QAbstractButton *>())
        if (button->property("writes").toBool() && button->isEnabled() != offers)
          return false;
      return true;
    }
  };
  static Viewing otherWriter() { return {Reason::OtherWriter, {4711, "roof-pc"}}; }

private Q_SLOTS:
  void saysWhyTheStoreIsOnlyViewed_data() {
    QTest::addColumn<Viewing>("viewing");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("offer");
    QTest::newRow("writer") << otherWriter()
                            << "another program is writing to this store (process 4711 on roof-pc)" << false;
    QTest::newRow("writer without a host") << Viewing{Reason::OtherWriter, {7, ""}}
                                           << "another program is writing to this store (process 7)" << false;
    QTest::newRow("writer unknown") << Viewing{Reason::OtherWriter, {}}
                                    << "another program is writing to this store" << false;
    QTest::newRow("ended") << Viewing{Reason::WriterEnded, {}}
                           << "the program that was writing to this store has ended" << true;
    QTest::newRow("not permitted") << Viewing{Reason::NotPermitted, {}}
                                   << "you may read this store, but not write to it" << false;
    QTest::newRow("read-only") << Viewing{Reason::ReadOnlyDisk, {}} << "this store is on a read-only disk"
                               << false;
  }
  void saysWhyTheStoreIsOnlyViewed() {
    QFETCH(Viewing, viewing);
    QFETCH(QString, text);
    QFETCH(bool, offer);
    text[0] = text[0].toUpper();
    Bench bench(viewing);
    QVERIFY(bench.bar()->isHidden());
    bench.open();
    QVERIFY(bench.bar()->isVisible());
    QVERIFY2(bench.allText().contains("Viewing\n" + text + '\n'), qPrintable(bench.allText()));
    QCOMPARE(bench.bar()->accessibleName(), "Viewing: " + text);
    QCOMPARE(bench.takeOver()->isVisible(), offer);
  }

  void saysThatNobodyFollowsTheSources() {
    Bench bench(otherWriter());
    SourceStatus source;
    source.id = 1;
    source.path = "/data/landing";
    source.following = true;
    Overview overview = sampleOverview(wallClockNow());
    overview.sources = {source};
    bench.open(overview);
    const auto detail = [&bench] {
      const auto *list = bench.window.findChild<SourcesPanel *>()->findChild<RowList *>();
      return list->rowAt(QPoint(10, 10))->detail;
    };
    QTRY_VERIFY(detail().startsWith("following"));
    bench.engine->view = Viewing{Reason::WriterEnded, {}};
    bench.look();
    QVERIFY(detail().startsWith("not followed now"));
  }

  void aWriterSaysNothing() {
    Bench bench(std::nullopt);
    bench.open();
    QVERIFY(bench.bar()->isHidden());
    QVERIFY(bench.offersWriting(true));
  }

  void whatWouldWriteIsNotToBeHadAndSaysWhy() {
    Bench bench(otherWriter());
    bench.open();
    QVERIFY(bench.offersWriting(false));
    const QString why = refusalText(otherWriter());
    QVERIFY(why.contains("roof-pc"));
    for (const char *text : {"Open data folder…", "Add data folder…", "Retention…"})
      QCOMPARE(bench.action(text)->toolTip(), why);
    for (const char *text : {"Export…", "Copy charts as a picture", "Open store…", "Go live"})
      QVERIFY2(bench.action(text)->isEnabled(), text);
    Q_EMIT bench.window.findChild<DevicesPanel *>()->renameRequested(1, "cellar");
    QVERIFY(bench.engine->corrections.empty());
    QVERIFY(bench.allText().contains(why));
  }

  void whatIsDroppedIsRefusedWithTheReason() {
    Bench bench(otherWriter());
    bench.open();
    QSignalSpy opened(&bench.window, &MainWindow::openPathsRequested);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/data/landing")});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bench.window, &enter);
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bench.window, &drop);
    QCOMPARE(opened.count(), 0);
    QVERIFY(bench.allText().contains(refusalText(otherWriter())));
  }

  void isTakenOverWhenTheWriterHasEnded() {
    Bench bench(otherWriter());
    bench.open();
    bench.engine->view = Viewing{Reason::WriterEnded, {}};
    bench.look();
    QVERIFY(bench.takeOver()->isVisible());
    QVERIFY(bench.offersWriting(false));
    bench.takeOver()->click();
    QCOMPARE(bench.engine->takings.size(), std::size_t{1});
    QVERIFY(!bench.takeOver()->isEnabled()); // once is enough
    bench.engine->view.reset();
    bench.engine->takings.front()({});
    QTRY_VERIFY(bench.bar()->isHidden());
    QVERIFY(bench.offersWriting(true));
    QCOMPARE(bench.charts()->shownScene().panes.size(), std::size_t{3}); // they stay as they were
  }

  void saysWhyItCouldNotBeTakenOver() {
    Bench bench(Viewing{Reason::WriterEnded, {}});
    bench.open();
    bench.takeOver()->click();
    bench.engine->view = otherWriter(); // another one was faster
    bench.engine->takings.front()(
        fail(ErrorCode::StoreBusy, "the store is in use: process 4711 writes to it"));
    QTRY_VERIFY(bench.allText().contains("process 4711 writes to it"));
    QVERIFY(bench.bar()->isVisible());
    QVERIFY(!bench.takeOver()->isVisible());
  }

  void theFullScreenIsTheCharts() {
    Bench bench(otherWriter());
    bench.open();
    bench.action("Full screen")->setChecked(true);
    QVERIFY(bench.bar()->isHidden());
    bench.action("Full screen")->setChecked(false);
    QVERIFY(bench.bar()->isVisible());
  }
};

METEOROGRAPH_TEST(tst_ViewerInWindow)
#include "tst_ViewerInWindow.moc"
