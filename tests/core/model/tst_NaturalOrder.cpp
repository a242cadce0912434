// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/NaturalOrder.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace meteorograph;

class tst_NaturalOrder : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void digitsCountAsNumbers() {
    const std::vector<std::string> sorted = {
        "",         "7",         "007x",     "12",        "device",          "device 01",
        "device 1", "device 1b", "device 2", "device 10", "device 10 north", "device 99999999999999999999",
        "roof"};
    std::vector<std::string> names(sorted.rbegin(), sorted.rend());
    std::sort(names.begin(), names.end(), naturallyBefore);
    QCOMPARE(names, sorted);
  }

  void nothingComesBeforeItself() {
    for (const char *name : {"", "a", "device 10", "0", "\xC3\xA9"})
      QVERIFY(!naturallyBefore(name, name));
  }
};

METEOROGRAPH_TEST(tst_NaturalOrder)
#include "tst_NaturalOrder.moc"
