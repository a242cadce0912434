// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/RepairReport.h"
#include "core/model/Result.h"

#include <atomic>
#include <functional>
#include <string>

namespace meteorograph {

/// Makes a sound store at `output` of what can be read of a damaged one, and of the sources of what cannot;
/// the damaged one is never changed. `output` appears when it is whole and was checked, or not at all; what
/// may stand there is for checkCopyTarget(). Fails as Repair does, and with Cancelled where `stop` is set.
/// `tell` says what is being done, for people. Blocks.
Result<RepairReport> repairStore(const std::string &store, const std::string &output,
                                 const std::atomic<bool> &stop,
                                 const std::function<void(const std::string &)> &tell);

} // namespace meteorograph
