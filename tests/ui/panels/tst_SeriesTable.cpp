// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/ShownWindow.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/panels/SeriesTable.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

ChartScene sceneAt(TimeUs shift, bool dense = false) {
  SyntheticScene recipe;
  recipe.from_us += shift;
  recipe.devices = 3;
  recipe.gapFrom_us = 100 * kSecond;
  recipe.gapTo_us = 150 * kSecond;
  if (dense) {
    recipe.length_us = 24 * kHour;
    recipe.columns = 200;
    recipe.step_us = kMinute;
  }
  return recipe.make();
}

QTableView *viewOf(const QWidget &widget) { return widget.findChild<QTableView *>(); }

SeriesTableModel &modelOf(const SeriesTable &table) {
  return *qobject_cast<SeriesTableModel *>(viewOf(table)->model());
}

} // namespace

class tst_SeriesTable : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void holdsEveryPlottedPointOnce_data() {
    QTest::addColumn<bool>("dense");
    QTest::newRow("readings") << false;
    QTest::newRow("columns of many") << true;
  }
  void holdsEveryPlottedPointOnce() {
    QFETCH(bool, dense);
    ChartScene scene = sceneAt(0, dense);
    scene.from_us += 20 * kSecond; // lines begin outside
    SeriesTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setScene(scene);
    QCOMPARE(model.columnCount(), 1 + 3 * 3);
    for (int column = 1; column < model.columnCount(); ++column) {
      const SeriesLine &line = scene.series.lines[std::size_t(column - 1)];
      QStringList expected;
      for (const SeriesPoint &point : line.points)
        if (point.last_us >= scene.from_us && point.first_us < scene.to_us)
          expected << QString::number(point.mean, 'g', 17);
      QStringList found;
      for (int row = 0; row < model.rowCount(); ++row)
        if (const QString text = model.exactText(model.index(row, column)); !text.isEmpty())
          found << QString::number(text.toDouble(), 'g', 17);
      QCOMPARE(found, expected);
    }
    for (int row = 1; row < model.rowCount(); ++row)
      QVERIFY(model.timeOf(row - 1) < model.timeOf(row));
  }

  void tellsMinimumMaximumAndAverageWhenAsked() {
    SeriesTableModel model;
    model.setScene(sceneAt(0, true));
    const SeriesPoint point = model.scene().series.lines[0].points[0];
    model.setExtras({true, true});
    QCOMPARE(model.columnCount(), 1 + 3 * 3 * 4);
    const double values[] = {point.mean, point.average, point.min, point.max};
    for (int i = 0; i < 4; ++i)
      QVERIFY(model.exactText(model.index(0, 1 + i)).toDouble() == values[i]);
    QCOMPARE(model.headerData(4, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("rpi-cleanroom\nTemperature\u00a0°C\nmaximum"));
  }

  void namesADoubledHourByItsOffset() {
    SyntheticScene recipe;
    recipe.from_us = 1'792'886'400 * kSecond; // 2026-10-25T00:00:00Z
    recipe.length_us = 3 * kHour;
    recipe.cadence_us = 30 * kMinute;
    recipe.step_us = kMinute;
    ChartScene scene = recipe.make();
    scene.zone = QTimeZone("Europe/Berlin");
    SeriesTableModel model;
    model.setScene(scene);
    QStringList times;
    for (int row = 0; row < model.rowCount(); ++row)
      times << model.index(row, 0).data().toString();
    QCOMPARE(times.mid(0, 4), (QStringList{"2026-10-25 02:00:00 +02:00", "2026-10-25 02:30:00 +02:00",
                                           "2026-10-25 02:00:00 +01:00", "2026-10-25 02:30:00 +01:00"}));
  }

  void whatIsChosenStaysWithItsTime_data() { holdsEveryPlottedPointOnce_data(); }
  void whatIsChosenStaysWithItsTime() {
    QFETCH(bool, dense);
    SeriesTable table;
    table.resize(700, 300);
    table.show();
    table.setScene(sceneAt(0, dense));
    QTableView *view = viewOf(table);
    const int row = 100;
    const TimeUs time = modelOf(table).timeOf(row);
    view->setCurrentIndex(view->model()->index(row, 2));
    view->verticalScrollBar()->setValue(row - 3);
    const TimeUs top = modelOf(table).timeOf(view->rowAt(0));
    const TimeUs shift = dense ? 3 * kHour + 7 * kMinute : 20 * kSecond;
    table.setScene(sceneAt(shift, dense));
    const TimeUs column = (dense ? 24 * kHour / 200 : kSecond);
    QVERIFY(view->currentIndex().row() != row);
    QCOMPARE(view->currentIndex().column(), 2);
    QVERIFY(std::abs(modelOf(table).timeOf(view->currentIndex().row()) - time) <= column);
    QVERIFY(std::abs(modelOf(table).timeOf(view->rowAt(0)) - top) <= column);
    QCOMPARE(view->selectionModel()->selectedIndexes().size(), 1);
  }

  void whoLooksAtTheEndFollowsIt() {
    SeriesTable table;
    table.resize(700, 300);
    table.show();
    table.setScene(sceneAt(0));
    QScrollBar *bar = viewOf(table)->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    bar->setValue(bar->maximum());
    table.setScene(sceneAt(40 * kSecond));
    QCOMPARE(bar->value(), bar->maximum());
  }

  void copiesWhatIsChosenExactly() {
    SeriesTable table;
    ChartScene scene = sceneAt(0);
    scene.devices[0].name = "=cmd\tx";
    table.setScene(scene);
    table.show();
    QTableView *view = viewOf(table);
    view->selectionModel()->select(QItemSelection(view->model()->index(2, 0), view->model()->index(3, 1)),
                                   QItemSelectionModel::Select);
    QSignalSpy copied(&table, &SeriesTable::copied);
    table.activateWindow();
    view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&table));
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(copied.count(), 1);
    const QStringList lines = QApplication::clipboard()->text().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], QStringLiteral("Time UTC\t'=cmd x Temperature °C"));
    const SeriesPoint &point = scene.series.lines[0].points[2];
    QCOMPARE(parseIsoTime(lines[1].section('\t', 0, 0).toStdString())->time_us, point.first_us);
    QVERIFY(lines[1].section('\t', 1).toDouble() == point.mean);
  }

  void isReadOutByScreenReaders() {
    SeriesTable table;
    table.setScene(sceneAt(0));
    table.show();
    QTableView *view = viewOf(table);
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(view);
    QVERIFY(spoken && spoken->tableInterface());
    QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("Table of what is seen"));
    QCOMPARE(spoken->tableInterface()->rowCount(), view->model()->rowCount());
    QVERIFY(view->model()
                ->index(0, 1)
                .data(Qt::AccessibleTextRole)
                .toString()
                .startsWith("rpi-cleanroom, Temperature\u00a0°C: "));
  }

  void theWindowShowsItInPlaceOfTheChartsAndRemembers() {
    QTemporaryDir folder;
    const QString path = folder.filePath("settings.ini");
    {
      ShownWindow bench(path);
      bench.open();
      const auto *table = bench.window.findChild<SeriesTable *>();
      const auto *charts = bench.charts();
      QVERIFY(charts->isVisible() && !table->isVisible());
      QTest::keyClick(&bench.window, Qt::Key_T);
      QVERIFY(!charts->isVisible() && table->isVisible());
      QCOMPARE(modelOf(*table).rowCount(), 100);
      QTest::keyClick(&bench.window, Qt::Key_T, Qt::ShiftModifier);
      QVERIFY(charts->isVisible() && table->isVisible());
      QTest::keyClick(&bench.window, Qt::Key_T);
      bench.window.close();
    }
    ShownWindow again(path);
    again.open(); // series are asked for, though no chart is seen
    QVERIFY(again.engine->seriesRequests.back().columns > 200);
    QVERIFY(again.window.findChild<SeriesTable *>()->isVisible());
    QVERIFY(!again.charts()->isVisible());
  }
};

METEOROGRAPH_TEST(tst_SeriesTable)
#include "tst_SeriesTable.moc"
