// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/StoreHarness.h"

#include <QStringList>

#include <functional>
#include <vector>

/// A random life of some files and of their store: files grow, rotate, are emptied, replaced and sent again,
/// with late and bad lines; what was taken in is corrected and given up. The same seed, the same life.
struct CrashHistory {
  explicit CrashHistory(unsigned seed);

  struct Step {
    std::function<void(StoreHarness &)> change; ///< of files; done once
    std::function<bool(StoreHarness &)> take;   ///< by the store; done again until it is true
    std::string name;
  };
  std::vector<Step> steps;
  bool gives_up = false; ///< bronze does not tell all that the windows hold
};

/// Every table of the store, a row a text: but for numbers that say how the store came about.
QStringList tablesOf(const std::string &store);
/// The first row that differs; sums may within 1e-12. Empty: none does.
QString difference(const QStringList &seen, const QStringList &expected);
