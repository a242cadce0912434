// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/RetentionRun.h"
#include "core/model/Retention.h"

#include <optional>
#include <string>

namespace meteorograph {

/// What `meteorograph retain` tells; `done`: what this call gave up.
std::string retentionAsJson(const RetentionStatus &status, const std::optional<Retained> &done);
std::string retentionAsText(const RetentionStatus &status, const std::optional<Retained> &done);

/// "full in about 41 days", "not full within a year".
std::string forecastText(const RetentionStatus &status);

} // namespace meteorograph
