// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/charts/ZoomStack.h"

using namespace meteorograph;
using namespace meteorograph::ui;

class tst_ZoomStack : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void givesRangesBackNewestFirst() {
    ZoomStack stack;
    stack.push({0, 100});
    stack.push({10, 50});
    QVERIFY(stack.pop() == (TimeRange{10, 50}));
    QVERIFY(stack.pop() == (TimeRange{0, 100}));
    QVERIFY(!stack.pop());
    QVERIFY(stack.isEmpty());
  }

  void remembersTheSameRangeOnce() {
    ZoomStack stack;
    stack.push({0, 100});
    stack.push({0, 100});
    QCOMPARE(stack.depth(), std::size_t{1});
  }

  void forgetsTheOldestWhenFull() {
    ZoomStack stack;
    for (TimeUs i = 0; i < TimeUs{ZoomStack::kMaxDepth} + 5; ++i)
      stack.push({i, i + 10});
    QCOMPARE(stack.depth(), ZoomStack::kMaxDepth);
    std::optional<TimeRange> last;
    while (const std::optional<TimeRange> range = stack.pop())
      last = range;
    QVERIFY(last == (TimeRange{5, 15}));
  }

  void isEmptyAfterClear() {
    ZoomStack stack;
    stack.push({0, 1});
    stack.clear();
    QVERIFY(stack.isEmpty());
  }
};

METEOROGRAPH_TEST(tst_ZoomStack)
#include "tst_ZoomStack.moc"
