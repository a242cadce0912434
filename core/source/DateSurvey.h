// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/RecordParser.h"

#include <atomic>

namespace meteorograph {

/// Looks through a file for what its dates say, with a reader and a parser of its own. `takeTail`: an
/// unterminated last line counts. Nothing when it could not be read, or `stop` was raised. Belongs to the
/// parser's thread.
std::optional<DateEvidence> surveyFile(const FileContext &context, Recognition::Kind kind, bool takeTail,
                                       const std::atomic<bool> *stop);

} // namespace meteorograph
