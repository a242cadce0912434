// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FileReader.h"

namespace meteorograph {

/// Opens a file that was read before, to read it once more from its start: the decision that a
/// FileReader takes, with the row and the mapping of `file` and everything else anew. Fails with
/// Unreadable where the file is gone or holds other content by now.
Result<FileDecision> decideToReadAgain(const FileCheckpoint &file, TimeUs now_us);

/// Reads it to its end. Fails where the reader does (the format is not recognised, say) unless that is
/// to be taken in as well, and with Cancelled where it was told to stop or the sink said no.
Result<void> readToEnd(FileDecision &decision, const FileReader::Options &options, bool may_fail,
                       const FileReader::Sink &sink);

} // namespace meteorograph
