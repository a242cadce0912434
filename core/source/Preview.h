// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Mapping.h"
#include "core/model/MappingPreview.h"
#include "core/model/Result.h"

#include <string>

namespace meteorograph {

/// Reads the beginning of a file (about a mebibyte, to the end of its last whole line) with a mapping
/// that may say nothing, and tells what would come of it. Changes nothing and keeps nothing; may be
/// called from any thread. A text whose format is not recognised gives its lines, quarantined with the
/// reason. Fails with Unreadable where the file cannot be read or is no text.
Result<MappingPreview> previewMapping(const std::string &path, const Mapping &mapping);

} // namespace meteorograph
