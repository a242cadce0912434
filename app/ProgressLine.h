// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace meteorograph {

/// One line on a terminal's standard error that is written over, a few times a second, and gone with it;
/// nothing elsewhere.
class ProgressLine {
public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine &) = delete;
  ProgressLine &operator=(const ProgressLine &) = delete;

  /// Whether the line would be shown now; asked before its text is made.
  bool isDue() const;
  void show(const std::string &text);

private:
  bool m_terminal;
  bool m_written = false;
  std::chrono::steady_clock::time_point m_last{};
};

} // namespace meteorograph
