// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/OwnProcess.h"
#include "tests/bench/Run.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

using namespace meteorograph::bench;

namespace {

struct Options {
  bool quick = false;
  bool full = false;
  bool list = false;
  std::vector<std::string> only;
  std::string folder;

  Size size() const { return quick ? Size::Quick : full ? Size::Full : Size::Normal; }
};

/// Quick ones first; those that fill the disk and the caches last.
std::vector<Benchmark> benchmarks() {
  return {storeOpenBench(),  windowStartBench(), chartFrameBench(),  chartLiveBench(),  chartZoomBench(),
          guiBlockBench(),   faultBlockBench(),  ingestBench(),      smallFilesBench(), liveLatencyBench(),
          chartQueryBench(), csvExportBench(),   recognitionBench(), rescanBench()};
}

void list() {
  for (const Benchmark &benchmark : benchmarks())
    for (const Figure &figure : benchmark.figures) {
      nlohmann::ordered_json line{{"name", figure.name}, {"unit", figure.unit}};
      if (!figure.limit_name.empty())
        line["limit_name"] = figure.limit_name;
      if (figure.smallest == Size::Full)
        line["full"] = true;
      std::printf("%s\n", line.dump().c_str());
    }
}

/// Names that no figure has are a mistake, not nothing to do.
bool areKnown(const std::vector<std::string> &names) {
  std::set<std::string> known;
  for (const Benchmark &benchmark : benchmarks())
    for (const Figure &figure : benchmark.figures)
      known.insert(figure.name);
  for (const std::string &name : names)
    if (!known.contains(name)) {
      std::cerr << "meteorograph-bench: there is no figure " << name << "; --list names them\n";
      return false;
    }
  return true;
}

/// A new folder inside `parent`.
std::string makeScratch(const std::filesystem::path &parent) {
  std::filesystem::create_directories(parent);
  std::string folder = (parent / "meteorograph-bench.XXXXXX").string();
  require(::mkdtemp(folder.data()) != nullptr, "cannot create a folder in " + parent.string());
  return folder;
}

/// Each benchmark in a process of its own, so that none starts with another's memory.
bool measureAll(const Run &run) {
  bool well = true;
  for (const Benchmark &benchmark : benchmarks()) {
    const auto isWanted = [&run](const Figure &figure) { return run.wants(figure); };
    if (std::none_of(benchmark.figures.begin(), benchmark.figures.end(), isWanted))
      continue;
    const Ended ended = inOwnProcess([&] { benchmark.measure(run); });
    well = well && ended.well;
    if (ended.stopped)
      break;
  }
  return well;
}

int measure(const Options &options) {
  const bool temporary = options.folder.empty();
  const std::string scratch =
      makeScratch(temporary ? std::filesystem::temp_directory_path().string() : options.folder);
  std::signal(SIGINT, SIG_IGN); // it ends the measurement; we still clean up
  const bool well = measureAll(Run(options.size(), scratch, {options.only.begin(), options.only.end()}));
  std::error_code ignored;
  if (temporary)
    std::filesystem::remove_all(scratch, ignored);
  return well ? 0 : 1;
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  CLI::App app("Measures Meteorograph against its limits: one JSON object a line");
  CLI::Option *quick = app.add_flag("--quick", options.quick, "Small sizes, for a first look");
  app.add_flag("--full", options.full, "The largest sizes; takes a while and some 25 GB of disk")
      ->excludes(quick);
  app.add_flag("--list", options.list, "Only name the figures");
  app.add_option("--only", options.only, "Measure these figures")->type_name("NAME");
  app.add_option("--folder", options.folder, "Work in a new folder inside of this one, and keep it")
      ->type_name("DIR");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &stop) {
    return app.exit(stop) == 0 ? 0 : 2;
  }
  if (!areKnown(options.only))
    return 2;
  try {
    if (!options.list)
      return measure(options);
    list();
    return 0;
  } catch (const std::exception &failure) {
    std::cerr << "meteorograph-bench: " << failure.what() << "\n";
    return 1;
  }
}
