// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/StoreReader.h"

#include <atomic>
#include <string>

namespace meteorograph {

/// Writes a layer as CSV with the command line's columns; the value is the number of rows. Cancelled
/// or failed, it leaves no file.
Result<std::int64_t> exportCsv(StoreReader &reader, const ExportRequest &request, const std::string &path,
                               const std::atomic<bool> &cancelled);

} // namespace meteorograph
