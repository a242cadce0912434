// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/model/Provenance.h"
#include "core/model/Result.h"

#include <atomic>

namespace meteorograph {

/// Reads the record at an offset of a file's content again, whatever that is packed in: a JSON object
/// to its end, any other record to the end of its line; at most some kilobytes. A file that is not as
/// the checkpoint knows it is compared with it first, which reads all that had been read of it. Any
/// thread. Fails with Unreadable where the file is there but cannot be read, and with Cancelled soon
/// after `cancelled` became true.
Result<RawRecord> readRawRecord(const FileCheckpoint &known, std::int64_t offset,
                                const std::atomic<bool> &cancelled);

} // namespace meteorograph
