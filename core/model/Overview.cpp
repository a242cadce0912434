// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Overview.h"

namespace meteorograph {

const char *toString(FileState state) {
  switch (state) {
  case FileState::Reading:
    return "reading";
  case FileState::Following:
    return "following";
  case FileState::Done:
    return "done";
  case FileState::Failed:
    return "failed";
  case FileState::Vanished:
    return "vanished";
  case FileState::Replaced:
    return "replaced";
  case FileState::Removed:
    return "removed";
  }
  return "unknown";
}

} // namespace meteorograph
