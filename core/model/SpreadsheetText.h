// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string_view>

namespace meteorograph {

/// A spreadsheet runs a CSV's text that begins with =, +, −, @, a tab or a return. An apostrophe
/// before it disarms it. So that what was written can be read back, texts that look disarmed already
/// get another one: whatever stands in `'…`, disarmed() and asBeforeDisarming() undo each other.
inline bool wouldRun(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

/// What disarmed texts begin with.
inline std::string_view disarming(std::string_view text) { return wouldRun(text) ? "'" : ""; }

inline std::string_view asBeforeDisarming(std::string_view text) {
  return !text.empty() && text.front() == '\'' && wouldRun(text) ? text.substr(1) : text;
}

} // namespace meteorograph
