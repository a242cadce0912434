// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Application.h"

#include <QApplication>
#include <QMainWindow>

namespace meteorograph {

int runWindow(int argc, char **argv, const WindowOptions &) {
  QApplication application(argc, argv);
  QMainWindow window;
  window.show();
  return QApplication::exec();
}

} // namespace meteorograph
