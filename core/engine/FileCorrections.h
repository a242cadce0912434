// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/CorrectionRun.h"

namespace meteorograph {

/// Corrections that are about files, as the Engine offers them; each runs on the run's thread.

Result<void> takeOutFiles(CorrectionRun &run, const std::vector<std::int64_t> &files);
/// Reads the files again with a mapping of their own.
Result<void> readFilesWith(CorrectionRun &run, const std::vector<std::int64_t> &files,
                           const Mapping &mapping);
/// Reads the files again as they were read.
Result<void> readFilesAsBefore(CorrectionRun &run, const std::vector<std::int64_t> &files);
/// Reads again what at or below the paths was read otherwise than its source says by now.
Result<void> readFilesOtherwise(CorrectionRun &run, const std::vector<std::string> &paths);
Result<void> changeSettings(CorrectionRun &run, std::int64_t source_id, const SourceSettings &settings);
/// The source is followed no more (`loop` may be nullptr), and its readings go or stay.
Result<void> forgetSource(CorrectionRun &run, SourceLoop *loop, std::int64_t source_id, bool with_readings);

} // namespace meteorograph
