// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

/// Puts the rows of a store of today into a new one whose schema has taken `steps` steps: its tables were the
/// same, without what came with a later step. What went wrong; empty: nothing.
std::string makeEarlierStore(const std::string &today, const std::string &earlier, std::size_t steps);
