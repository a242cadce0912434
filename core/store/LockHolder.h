// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/model/Viewing.h"

#include <optional>
#include <string>

namespace meteorograph {

/// Who holds a store's WriterLock, as the lock's one line says; nothing: nobody. Where that cannot be
/// found out: somebody unknown.
std::optional<WriterIdentity> holderOfLock(const std::string &store);

/// The failure to be told where somebody holds it.
Error busyError(const std::string &store, const WriterIdentity &holder);

} // namespace meteorograph
