// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/StoreHarness.h"

#include <string>
#include <vector>

/// What the program does with a store: each of these goes to its end or to an error, whatever the store
/// holds.
class StoreUse {
public:
  StoreUse();

  /// A small store that holds something in each table, of the first schema, the second, … and today's.
  const std::vector<std::string> &images() const { return m_images; }
  /// Where the store is expected that the others use.
  std::string path() const { return m_harness.store(); }

  void look();    ///< status, charts, exports and provenance, read-only
  void check();   ///< the whole integrity, and a backup
  void change();  ///< files that grew, corrections and retention
  void repair();  ///< and a look at what was saved
  void clearUp(); ///< requires that nothing was left but the store, and takes it away

private:
  void makeImages();
  void fill();
  void restoreFiles();

  StoreHarness m_harness;
  std::vector<std::string> m_images;
};
