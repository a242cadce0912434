// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/Corpus.h"
#include "tests/bench/EngineRun.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 5;

const Figure kFigure{"rescan_100k_files", "s", "bare readdir and stat walk"};

/// Counts the files below an open folder, which it closes.
std::int64_t walk(int descriptor) {
  DIR *const folder = ::fdopendir(descriptor);
  require(folder != nullptr, "a folder cannot be read");
  std::int64_t files = 0;
  while (const dirent *const entry = ::readdir(folder)) {
    if (entry->d_name[0] == '.')
      continue;
    struct stat status {};
    if (::fstatat(descriptor, entry->d_name, &status, 0) != 0)
      continue;
    if (S_ISDIR(status.st_mode))
      files += walk(::openat(descriptor, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    else
      ++files;
  }
  ::closedir(folder);
  return files;
}

std::int64_t walk(const std::string &folder) {
  return walk(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

double rescan(const std::string &store, const Corpus &corpus) {
  const IngestReport report = ingestOnce(store, corpus.folder);
  require(report.readings == 0 && report.files == static_cast<std::int64_t>(corpus.files.size()),
          "an unchanged folder did not stay as it was");
  return report.seconds;
}

void measure(const Run &run) {
  const int files = run.isQuick() ? 2'000 : 100'000;
  const Corpus corpus = smallFiles(run, files);
  const std::string store = run.path("rescan.meteorograph");
  ingestAlone(store, corpus.folder, corpus.readings);
  rescan(store, corpus); // files that were young at the first look are looked at closely once more
  std::vector<double> times;
  std::vector<double> limits;
  alternate(
      kRounds, [&] { times.push_back(rescan(store, corpus)); },
      [&] {
        const Clock clock;
        require(walk(corpus.folder) == files, "the walk found another number of files");
        limits.push_back(clock.seconds());
      });
  run.tell(kFigure, times, limits);
  removeStore(store);
}

} // namespace

Benchmark rescanBench() { return {{kFigure}, measure}; }

} // namespace meteorograph::bench
