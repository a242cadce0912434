// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/ShownWindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QPlainTextEdit>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

QDialog *openDialog(const QWidget &window) {
  for (QDialog *dialog : window.findChildren<QDialog *>())
    if (dialog->isVisible())
      return dialog;
  return nullptr;
}

/// What a person would want to reach.
bool isControl(const QWidget &widget) {
  const bool isKnown = qobject_cast<const QAbstractButton *>(&widget) ||
                       qobject_cast<const QLineEdit *>(&widget) || qobject_cast<const QComboBox *>(&widget) ||
                       qobject_cast<const QAbstractItemView *>(&widget) ||
                       qobject_cast<const QPlainTextEdit *>(&widget);
  const QWidget *parent = widget.parentWidget();
  const bool isPart = widget.objectName().startsWith(QLatin1String("qt_")) ||
                      widget.inherits("QHeaderView") || qobject_cast<const QComboBox *>(parent) ||
                      qobject_cast<const QLineEdit *>(parent) ||
                      qobject_cast<const QAbstractItemView *>(parent) || parent->inherits("QCalendarWidget");
  return isKnown && !isPart && widget.isVisible() && widget.isEnabled();
}

QString nameOf(QWidget &widget) {
  QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&widget);
  return accessible ? accessible->text(QAccessible::Name) : QString();
}

/// Where the Tab key leads to, all around.
QSet<QWidget *> reachedByTab(QDialog &dialog) {
  QSet<QWidget *> reached;
  for (int press = 0; press < 60; ++press) {
    QWidget *focused = dialog.focusWidget();
    if (!focused)
      break;
    reached << focused;
    for (QWidget *owner = focused->parentWidget(); owner != &dialog && owner; owner = owner->parentWidget())
      reached << owner;
    QTest::keyClick(focused, Qt::Key_Tab);
  }
  return reached;
}

} // namespace

/// No dialog needs a mouse.
class tst_DialogsByKeyboard : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void opensIsWalkedThroughAndClosed_data() {
    QTest::addColumn<QString>("action"); // or keys in the charts
    QTest::addColumn<QList<int>>("keys");
    for (const char *action : {"Choose range…", "Export…", "Other zone…", "Settings…", "Annotations…",
                               "Retention…", "Keyboard and mouse"})
      QTest::newRow(action) << QString::fromUtf8(action) << QList<int>();
    QTest::newRow("an annotation") << QString() << QList<int>{Qt::Key_Return, Qt::Key_A};
    QTest::newRow("readings") << QString() << QList<int>{Qt::Key_Return, Qt::Key_Return};
    QTest::newRow("ends of an axis") << QString() << QList<int>{Qt::Key_Down, Qt::Key_Y};
  }
  void opensIsWalkedThroughAndClosed() {
    QFETCH(QString, action);
    QFETCH(QList<int>, keys);
    ShownWindow bench;
    Overview overview = sampleOverview(wallClockNow());
    overview.annotations = {{4, overview.newest_us - kHour, kNoTime, "Filter changed", {}, 0}};
    bench.open(overview);
    if (!action.isEmpty()) {
      QVERIFY(bench.action(action));
      bench.action(action)->trigger();
    }
    for (const int key : keys)
      QTest::keyClick(bench.charts(), static_cast<Qt::Key>(key));
    QTRY_VERIFY(openDialog(bench.window));
    QDialog *dialog = openDialog(bench.window);
    QTRY_VERIFY(dialog->isActiveWindow());
    const QSet<QWidget *> reached = reachedByTab(*dialog);
    for (QWidget *widget : dialog->findChildren<QWidget *>()) {
      if (!isControl(*widget))
        continue;
      const QString what =
          QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + nameOf(*widget);
      QVERIFY2(reached.contains(widget), qPrintable(what));
      QVERIFY2(!nameOf(*widget).isEmpty(), qPrintable(what));
    }
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!openDialog(bench.window));
  }
};

METEOROGRAPH_TEST(tst_DialogsByKeyboard)
#include "tst_DialogsByKeyboard.moc"
