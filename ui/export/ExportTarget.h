// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "ui/export/ExportPlan.h"

namespace meteorograph::ui {

/// Whether the plan's file and its sidecar may be written: what checkExportTarget() refuses is refused
/// for both, and a sidecar replaces nothing but a sidecar. The window and the command line ask before
/// they write anything. Any thread; it reads files.
Result<void> checkTargets(const ExportPlan &plan, const std::string &store);

} // namespace meteorograph::ui
