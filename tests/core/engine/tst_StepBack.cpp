// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/StepBack.h"
#include "tests/support/TestMain.h"

#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace meteorograph;

namespace {

int niceness() { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); }

} // namespace

class tst_StepBack : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void holdsForTheThreadAndThoseThatItStarts() {
    const int before = niceness();
    if (before >= 19)
      QSKIP("there is nothing to step back to");
    int own = before;
    int started = before;
    std::thread([&] {
      stepBack();
      own = niceness();
      std::thread([&] { started = niceness(); }).join();
    }).join();
    QVERIFY(own > before);
    QCOMPARE(started, own);
    QCOMPARE(niceness(), before);
  }
};

METEOROGRAPH_TEST(tst_StepBack)
#include "tst_StepBack.moc"
