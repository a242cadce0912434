// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartPainter.h"
#include "ui/charts/ChartView.h"
#include "ui/charts/OutsideMarks.h"
#include "ui/charts/PaneLegend.h"
#include "ui/dialogs/AxisDialog.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr QSize kSize(1308, 630);

void keep(QWidget &widget, const QString &name) {
  const QString folder = qEnvironmentVariable("METEOROGRAPH_PICTURES");
  if (!folder.isEmpty())
    QVERIFY(widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
}

/// A shown view of three panes, or more of made-up quantities.
struct Fixture {
  ChartView view;
  ChartScene scene;

  explicit Fixture(int devices = 4, int panes = 3) : scene(recipe(devices).make()) {
    for (int i = 3; i < panes; ++i) {
      PaneSpec spec = scene.panes[static_cast<std::size_t>(i % 3)];
      spec.name = "quantity_" + std::to_string(i);
      spec.title = QString::fromStdString(spec.name);
      scene.panes.push_back(spec);
      scene.panes.back().quantity = i + 1;
    }
    view.resize(kSize);
    view.setScene(scene);
    view.show();
    view.grab(); // paints, as the screen would
  }
  static SyntheticScene recipe(int devices) {
    SyntheticScene recipe;
    recipe.devices = devices;
    return recipe;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const PaneSpec &pane : view.shownScene().panes)
      names.push_back(pane.name);
    return names;
  }
  ChartLayout layout() const { return layoutChart(view.shownScene(), chartTheme(true), kSize); }
  QPoint title(std::size_t pane) const {
    return paneTitleRect(view.shownScene(), chartTheme(true), layout(), pane).center().toPoint();
  }
  int border(std::size_t pane) const { return qRound(layout().panes[pane].pane.top()); }
  double height(std::size_t pane) const { return layout().panes[pane].pane.height(); }
  void drag(QPoint from, QPoint to) {
    QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(&view, (from + to) / 2);
    QTest::mouseMove(&view, to);
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, to);
  }
  QMenu *openMenu(QPoint at, QContextMenuEvent::Reason reason = QContextMenuEvent::Mouse) {
    QContextMenuEvent event(reason, at, view.mapToGlobal(at));
    QCoreApplication::sendEvent(&view, &event);
    return view.findChild<QMenu *>();
  }
  static QAction *entry(QMenu *menu, const QString &text) {
    for (QAction *action : menu->actions())
      if (action->text().remove(QLatin1Char('&')).section(QLatin1Char('\t'), 0, 0) == text)
        return action;
    return nullptr;
  }
};

using Names = std::vector<std::string>;

} // namespace

class tst_ChartPanes : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void draggingATitleMovesThePane() {
    Fixture fixture;
    QSignalSpy changed(&fixture.view, &ChartView::arrangementChanged);
    fixture.drag(fixture.title(0), fixture.title(2) + QPoint(0, 190));
    QCOMPARE(fixture.names(), (Names{"humidity", "pressure", "temperature"}));
    QVERIFY(changed.count() > 0);
    fixture.view.setScene(fixture.scene); // a refresh comes in the old order
    QCOMPARE(fixture.names(), (Names{"humidity", "pressure", "temperature"}));
    fixture.drag(fixture.title(2), fixture.title(0));
    QCOMPARE(fixture.names(), (Names{"temperature", "humidity", "pressure"}));
  }

  void escapeGivesAMoveUp() {
    Fixture fixture;
    QTest::mousePress(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.title(0));
    QTest::mouseMove(&fixture.view, fixture.title(2));
    keep(fixture.view, QStringLiteral("pane-carried"));
    QTest::keyClick(&fixture.view, Qt::Key_Escape);
    QTest::mouseRelease(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.title(2));
    QCOMPARE(fixture.names(), (Names{"temperature", "humidity", "pressure"}));
  }

  void aClickOnATitleChangesNothing() {
    Fixture fixture;
    QSignalSpy chosen(&fixture.view, &ChartView::rangeChosen);
    QTest::mouseClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.title(1));
    QCOMPARE(fixture.names(), (Names{"temperature", "humidity", "pressure"}));
    QCOMPARE(chosen.count(), 0);
  }

  void draggingABorderSizesTheTwoPanesBesideIt() {
    Fixture fixture;
    const double third = fixture.height(2);
    const double both = fixture.height(0) + fixture.height(1);
    const QPoint from(700, fixture.border(1));
    fixture.drag(from, from + QPoint(0, 60));
    QCOMPARE(fixture.border(1), from.y() + 60);
    QVERIFY(std::abs(fixture.height(2) - third) <= 1);
    QVERIFY(std::abs(fixture.height(0) + fixture.height(1) - both) <= 1);
    fixture.view.setScene(fixture.scene);
    QCOMPARE(fixture.border(1), from.y() + 60); // a refresh keeps it
  }

  void noPaneBecomesTooLowToRead() {
    Fixture fixture;
    fixture.drag(QPoint(700, fixture.border(1)), QPoint(700, 2));
    const ChartScene shown = fixture.view.shownScene();
    QVERIFY(fixture.height(0) >= leastPaneHeight(shown, shown.panes[0]) - 1);
    fixture.drag(QPoint(700, fixture.border(1)), QPoint(700, 629));
    QVERIFY(fixture.height(1) >= leastPaneHeight(shown, shown.panes[1]) - 1);
  }

  void aDoubleClickOnABorderMakesAllEqual() {
    Fixture fixture;
    fixture.drag(QPoint(700, fixture.border(1)), QPoint(700, fixture.border(1) + 60));
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, QPoint(700, fixture.border(1)));
    QVERIFY(std::abs(fixture.height(0) - fixture.height(1)) <= 1);
  }

  void aDoubleClickOnATitleMaximisesAndEscapeGoesBack() {
    Fixture fixture;
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.title(1));
    QCOMPARE(fixture.names(), Names{"humidity"});
    fixture.view.setScene(fixture.scene);
    QCOMPARE(fixture.names(), Names{"humidity"});      // a refresh keeps it
    QTest::mouseMove(&fixture.view, QPoint(600, 300)); // hovering is not in the way of Escape
    QTest::keyClick(&fixture.view, Qt::Key_Escape);
    QCOMPARE(fixture.names().size(), std::size_t{3});
  }

  void aMaximisedPaneThatGoesLeavesTheOthers() {
    Fixture fixture;
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.title(1));
    ChartScene less = fixture.scene;
    less.panes.erase(less.panes.begin() + 1);
    fixture.view.setScene(less);
    QCOMPARE(fixture.names(), (Names{"temperature", "pressure"}));
  }

  void keysDoWhatTheMouseDoes() {
    Fixture fixture;
    QTest::keyClick(&fixture.view, Qt::Key_Down); // shows which pane is meant
    QTest::keyClick(&fixture.view, Qt::Key_Down);
    QTest::keyClick(&fixture.view, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(fixture.names(), (Names{"humidity", "temperature", "pressure"}));
    QTest::keyClick(&fixture.view, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(&fixture.view, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(fixture.names(), (Names{"temperature", "pressure", "humidity"}));
    const double before = fixture.height(2);
    QTest::keyClick(&fixture.view, Qt::Key_Up, Qt::ControlModifier);
    QVERIFY(fixture.height(2) > before);
    QTest::keyClick(&fixture.view, Qt::Key_M);
    QCOMPARE(fixture.names(), Names{"humidity"});
    QTest::keyClick(&fixture.view, Qt::Key_M);
    QTest::keyClick(&fixture.view, Qt::Key_R);
    QCOMPARE(fixture.view.shownScene().panes[2].fit, AxisFit::Robust);
    QSignalSpy hidden(&fixture.view, &ChartView::hideRequested);
    QTest::keyClick(&fixture.view, Qt::Key_Delete);
    QCOMPARE(hidden.count(), 1);
    QCOMPARE(hidden.at(0).at(0).value<QuantityId>(), QuantityId{2});
  }

  void theMenuHoldsEverything() {
    Fixture fixture;
    QMenu *menu = fixture.openMenu(QPoint(600, fixture.border(1) + 60));
    QVERIFY(menu);
    for (const char *text : {"Maximise", "Move up", "Move down", "Taller", "Lower", "Hide",
                             "Value axis: automatic", "Value axis: without spikes", "Value axis: fixed…"})
      QVERIFY2(Fixture::entry(menu, QString::fromUtf8(text)), text);
    Fixture::entry(menu, QStringLiteral("Move up"))->trigger();
    QCOMPARE(fixture.names(), (Names{"humidity", "temperature", "pressure"}));
  }

  void theMenuKeyOpensTheMenuOfTheChosenPane() {
    Fixture fixture;
    QTest::keyClick(&fixture.view, Qt::Key_Down);
    QTest::keyClick(&fixture.view, Qt::Key_Down);
    QTest::keyClick(&fixture.view, Qt::Key_Down);
    QMenu *menu = fixture.openMenu(QPoint(0, 0), QContextMenuEvent::Keyboard);
    QVERIFY(menu);
    QVERIFY(!Fixture::entry(menu, QStringLiteral("Move down"))->isEnabled());
    Fixture::entry(menu, QStringLiteral("Maximise"))->trigger();
    QCOMPARE(fixture.names(), Names{"pressure"});
  }

  void typedEndsFixTheAxis() {
    Fixture fixture;
    QTest::mouseMove(&fixture.view, QPoint(600, 100));
    QTest::keyClick(&fixture.view, Qt::Key_Y);
    auto *dialog = fixture.view.findChild<AxisDialog *>();
    QVERIFY(dialog);
    auto *low = dialog->findChild<QLineEdit *>(QStringLiteral("low"));
    auto *high = dialog->findChild<QLineEdit *>(QStringLiteral("high"));
    QPushButton *ok = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    low->setText(QStringLiteral("10"));
    high->setText(QStringLiteral("10"));
    QVERIFY(!ok->isEnabled()); // an axis needs two ends
    high->setText(QStringLiteral("hot"));
    QVERIFY(!ok->isEnabled());
    high->setText(QStringLiteral("30.5"));
    QTest::mouseClick(ok, Qt::LeftButton);
    const PaneSpec &pane = fixture.view.shownScene().panes[0];
    QCOMPARE(pane.fit, AxisFit::Fixed);
    QCOMPARE(*pane.fixedRange, std::pair(10.0, 30.5));
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, QPoint(600, 130));
    QCOMPARE(fixture.view.shownScene().panes[0].fit, AxisFit::Fixed); // the fit of time leaves it
    QTest::mouseDClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, QPoint(20, 100));
    QCOMPARE(fixture.view.shownScene().panes[0].fit, AxisFit::Automatic);
  }

  void aRobustFitLeavesSpikesOutAndMarksThem() {
    Fixture fixture;
    for (std::size_t i : {100U, 200U, 201U}) {
      SeriesPoint &spike = fixture.scene.series.lines[0].points[i];
      spike.min = spike.max = spike.mean = spike.first = spike.last = 85;
    }
    fixture.view.setScene(fixture.scene);
    QVERIFY(fixture.layout().panes[0].high > 85);
    QTest::mouseMove(&fixture.view, QPoint(600, 100));
    QTest::keyClick(&fixture.view, Qt::Key_R);
    const ChartLayout layout = fixture.layout();
    QVERIFY(layout.panes[0].high < 40);
    QCOMPARE(pointsOutside(fixture.view.shownScene(), layout, 0), std::size_t{3});
    keep(fixture.view, QStringLiteral("robust"));
    fixture.scene.panes[0].fit = AxisFit::Robust; // without the view: as exports draw it
    QCOMPARE(layoutChart(fixture.scene, chartTheme(true), kSize).panes[0].high, layout.panes[0].high);
  }

  void aRobustFitOfCalmDataIsTheAutomaticOne() {
    Fixture fixture;
    const ChartLayout before = fixture.layout();
    QTest::mouseMove(&fixture.view, QPoint(600, 100));
    QTest::keyClick(&fixture.view, Qt::Key_R);
    QCOMPARE(fixture.layout().panes[0].low, before.panes[0].low);
    QCOMPARE(fixture.layout().panes[0].high, before.panes[0].high);
    QCOMPARE(pointsOutside(fixture.view.shownScene(), fixture.layout(), 0), std::size_t{0});
  }

  void smallMultiplesGiveEachDeviceItsRowAtOneScale() {
    Fixture fixture(4, 2);
    fixture.view.setMultiples(true);
    const ChartScene shown = fixture.view.shownScene();
    QVERIFY(shown.multiples);
    const ChartLayout layout = fixture.layout();
    double last = layout.panes[0].plot.top() - 1;
    for (const DeviceStyle &device : shown.devices) {
      const PaneLayout row = layout.panes[0].row(device.id);
      QVERIFY(row.plot.top() > last);
      QCOMPARE(row.low, layout.panes[0].low);
      QCOMPARE(row.high, layout.panes[0].high);
      last = row.plot.bottom();
    }
    QVERIFY(last <= layout.panes[0].plot.bottom());
    keep(fixture.view, QStringLiteral("multiples"));
  }

  void aLineStaysInItsRow() {
    SyntheticScene recipe;
    recipe.devices = 2;
    recipe.panes = 1;
    ChartScene scene = recipe.make();
    scene.multiples = true;
    const ChartPainter both(scene, chartTheme(true), kSize);
    scene.series.lines[1].points.resize(1); // the second device's line is gone but for a point
    const ChartPainter first(scene, chartTheme(true), kSize);
    const QRect row = first.layout().panes[0].row(1).plot.toRect().adjusted(0, 1, 0, -1);
    scene.panes[0].fixedRange = {both.layout().panes[0].low, both.layout().panes[0].high};
    const ChartPainter again(scene, chartTheme(true), kSize);
    ChartScene whole = recipe.make();
    whole.multiples = true;
    QCOMPARE(again.render(1).copy(row), ChartPainter(whole, chartTheme(true), kSize).render(1).copy(row));
  }

  void tooManyPanesScroll() {
    Fixture fixture(4, 12);
    auto *bar = fixture.view.findChild<QScrollBar *>();
    QVERIFY(bar->isVisible());
    QCOMPARE(fixture.view.shownScene().panes.size(), std::size_t{12}); // exports have all
    QVERIFY(fixture.view.pictureSize().height() > kSize.height());
    const QPointF at(600, 300);
    for (int i = 0; i < 20; ++i) {
      QWheelEvent down(at, fixture.view.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt::NoButton,
                       Qt::ControlModifier, Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(&fixture.view, &down);
    }
    QCOMPARE(bar->value(), bar->maximum());
    QTest::mouseClick(&fixture.view, Qt::LeftButton, Qt::NoModifier, QPoint(600, 570)); // in the last pane
    QTest::keyClick(&fixture.view, Qt::Key_M);
    QVERIFY(fixture.view.isMaximised());
    QCOMPARE(fixture.names().front(), std::string("quantity_11"));
    QVERIFY(!bar->isVisible());
  }

  void panesMayComeAndGoUnderTheHand() {
    Fixture fixture(4, 12);
    fixture.view.resize(1308, 300); // fewer panes in sight
    QTest::mouseMove(&fixture.view, QPoint(600, 150));
    QTest::mouseMove(&fixture.view, QPoint(610, 150));
    fixture.view.resize(kSize); // more, while the time line is shown
    fixture.view.grab();
    QTest::mousePress(&fixture.view, Qt::LeftButton, Qt::NoModifier, fixture.title(3));
    QTest::mouseMove(&fixture.view, fixture.title(1));
    fixture.view.resize(1308, 200); // the pane in the hand is out of sight now
    fixture.view.grab();
    ChartScene less = fixture.scene;
    less.panes.resize(1);
    fixture.view.setScene(less);
    QTest::mouseRelease(&fixture.view, Qt::LeftButton, Qt::NoModifier, QPoint(400, 20));
    QCOMPARE(fixture.names(), Names{"temperature"});
  }

  void arrowKeysBringPanesIntoSight() {
    Fixture fixture(4, 12);
    auto *bar = fixture.view.findChild<QScrollBar *>();
    for (int i = 0; i < 12; ++i)
      QTest::keyClick(&fixture.view, Qt::Key_Down);
    QCOMPARE(bar->value(), bar->maximum());
    for (int i = 0; i < 12; ++i)
      QTest::keyClick(&fixture.view, Qt::Key_Up);
    QCOMPARE(bar->value(), 0);
  }

  void anArrangementSurvivesItsText() {
    PaneArrangement arrangement;
    arrangement.order = {QStringLiteral("pressure"), QStringLiteral("temperature")};
    arrangement.heights = {{QStringLiteral("pressure"), 2.5}};
    arrangement.axes = {{QStringLiteral("pressure"), {AxisFit::Fixed, 990.5, 1030}},
                        {QStringLiteral("humidity"), {AxisFit::Robust, 0, 1}}};
    arrangement.maximised = QStringLiteral("pressure");
    arrangement.multiples = true;
    const auto read = PaneArrangement::fromJson(arrangement.toJson());
    QVERIFY(read);
    QCOMPARE(read->order, arrangement.order);
    QCOMPARE(read->heights, arrangement.heights);
    QCOMPARE(read->maximised, arrangement.maximised);
    QVERIFY(read->multiples);
    QCOMPARE(read->axes[QStringLiteral("pressure")], arrangement.axes[QStringLiteral("pressure")]);
    QCOMPARE(read->axes[QStringLiteral("humidity")].fit, AxisFit::Robust);
  }

  void damagedTextDoesNoHarm_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("cut") << "{\"order\":[\"temp" << false;
    QTest::newRow("list") << "[1,2]" << false;
    QTest::newRow("foreign") << R"({"order":7,"heights":[],"axes":{"a":{"fit":"odd"}},"multiples":"x"})"
                             << true;
    QTest::newRow("upside down") << R"({"axes":{"a":{"fit":"fixed","low":3,"high":1}}})" << true;
    QTest::newRow("huge") << R"({"heights":{"a":1e300}})" << true;
  }
  void damagedTextDoesNoHarm() {
    QFETCH(QString, text);
    QFETCH(bool, isRead);
    const auto read = PaneArrangement::fromJson(text);
    QCOMPARE(read.has_value(), isRead);
    if (!read)
      return;
    QVERIFY(read->axes.isEmpty());
    QVERIFY(read->heights.value(QStringLiteral("a"), 1) <= PaneArrangement::kMostHeight);
  }
};

METEOROGRAPH_TEST(tst_ChartPanes)
#include "tst_ChartPanes.moc"
