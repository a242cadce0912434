// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/Run.h"

#include "core/model/Time.h"

namespace meteorograph::bench {

/// Sensor files to take in, made once a run; the same size gives the same bytes.
struct Corpus {
  std::string folder;
  std::int64_t readings = 0;
  std::vector<std::string> files; ///< sorted
};

/// 10 devices at 400 Hz in files of some megabytes: 2,000,000 readings, quick 200,000.
Corpus fastCorpus(const Run &run);

/// 100 devices at 1 Hz, 20 readings a file, in folders of 500 files.
Corpus smallFiles(const Run &run, int files);

/// The devices of fastCorpus() an hour later, 0.1 s of all ten in a file: 400 readings. The names sort
/// in the order of time.
Corpus liveFiles(const Run &run, int files);

/// When the readings of the files that liveFiles() makes begin.
TimeUs liveStart();

} // namespace meteorograph::bench
