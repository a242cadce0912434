// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/BatchQueue.h"
#include "core/engine/WriterLoop.h"
#include "core/source/FileReader.h"

namespace meteorograph {

/// Reads a file that replaces what was read before, all of it in one transaction: the old readings
/// are there until the new ones are. Called on the parser's thread, which waits meanwhile. The value
/// is up to where everything is stored. Fails with Cancelled when told to stop; nothing has changed
/// then, nor after another failure.
Result<std::uint64_t> replaceTogether(BatchQueue &queue, WriterLoop &writer, FileDecision &decision,
                                      const FileReader::Options &options);

} // namespace meteorograph
