// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"

#include <QCoreApplication>
#include <QTest>

#if __has_include(<QApplication>)
#include <QApplication>
using Application = QApplication;
#else
using Application = QCoreApplication;
#endif

namespace {
struct Entry {
  QString name;
  std::function<std::unique_ptr<QObject>()> make;
};
std::vector<Entry> &entries() {
  static std::vector<Entry> all;
  return all;
}
} // namespace

TestRegistrar::TestRegistrar(const char *name, std::function<std::unique_ptr<QObject>()> make) {
  entries().push_back({QString::fromLatin1(name), std::move(make)});
}

int main(int argc, char **argv) {
  Application application(argc, argv);
  QStringList arguments = application.arguments();
  QString only;
  if (arguments.size() > 1 && arguments[1].startsWith("tst_"))
    only = arguments.takeAt(1);
  int failed = 0;
  int ran = 0;
  for (const Entry &entry : entries()) {
    if (!only.isEmpty() && entry.name != only)
      continue;
    ++ran;
    const std::unique_ptr<QObject> test = entry.make();
    failed += QTest::qExec(test.get(), arguments);
  }
  return ran == 0 ? 1 : failed;
}
