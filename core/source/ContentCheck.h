// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ByteReader.h"
#include "core/source/ContentHash.h"

#include <atomic>

namespace meteorograph {

/// Hashes content from where the reader stands up to an offset; false where it ends before.
Result<bool> hashUpTo(ByteReader &reader, std::int64_t offset, ContentHash &hash);

/// Whether the reader's file begins with what was read of a known one: all bytes before its
/// checkpoint, and the tail. Leaves the reader anywhere. `cancelled`, if given, is looked at often and
/// ends it with ErrorCode::Cancelled.
Result<bool> holdsContentOf(ByteReader &reader, const FileCheckpoint &known,
                            const std::atomic<bool> *cancelled = nullptr);

/// A file changed so shortly before it was looked at may change again without its times telling.
bool isFreshlyChanged(const FileIdentity &identity, TimeUs now_us);

} // namespace meteorograph
