// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace meteorograph {

/// The schema's steps, in order: text of core/store/migrations/*.sql. Step n brings a store from
/// `PRAGMA user_version` n to n + 1. A released step is never edited.
const std::vector<std::string_view> &migrations();

} // namespace meteorograph
