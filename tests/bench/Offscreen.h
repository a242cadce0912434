// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QEventLoop>
#include <QTimer>

namespace meteorograph::bench {

/// A Qt application without a display; one a process, on its only thread so far.
class Offscreen {
public:
  Offscreen() { QApplication::setQuitOnLastWindowClosed(false); }

  /// Lets the application do what comes up for a while.
  static void runFor(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
  }

private:
  struct Platform {
    Platform() { qputenv("QT_QPA_PLATFORM", "offscreen"); }
  };
  Platform m_platform; // before the application
  int m_count = 1;
  char m_name[19] = "meteorograph-bench";
  char *m_arguments[2] = {m_name, nullptr};
  QApplication m_application{m_count, m_arguments};
};

} // namespace meteorograph::bench
