// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Mapping.h"
#include "core/model/Result.h"

namespace meteorograph {

/// Whether a mapping's zone and the formats of its times are such that can be read by. Fails with
/// ErrorCode::Usage and one line that names what is not known. From any thread.
Result<void> checkMapping(const Mapping &mapping);

} // namespace meteorograph
