// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "core/model/Retention.h"

#include <string>
#include <vector>

namespace meteorograph {

/// What `meteorograph status` tells. A value.
struct StatusReport {
  Overview overview;
  std::vector<FileStatus> files;
  RetentionStatus retention;
  std::vector<Progress> progress; ///< oldest first
  Integrity integrity;
  std::vector<EventEntry> troubles; ///< the newest errors and warnings, newest first
  std::vector<SourceFault> faults;  ///< followed sources that cannot be read now
  IntegrityHistory checks;          ///< earlier ones
};

/// One JSON document, indented; times as ISO 8601 or null. Its keys are a contract (README.md).
std::string statusAsJson(const StatusReport &report);
/// Tables for people. Of many files only the first are listed.
std::string statusAsText(const StatusReport &report);

} // namespace meteorograph
