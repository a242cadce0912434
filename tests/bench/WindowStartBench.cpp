// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/EngineRun.h"
#include "tests/bench/Run.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 15;
constexpr int kQuickRounds = 3;
constexpr const char *kPainted = "window painted"; ///< what the program logs when asked to

const Figure kStart{"window_start_ms", "ms", "the program's --version"};

std::string besideUs(const char *program) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / program).string();
}

[[noreturn]] void become(const std::string &folder, int output, const std::vector<const char *> &arguments) {
  for (const char *variable : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
    ::setenv(variable, folder.c_str(), 1);
  ::setenv("QT_QPA_PLATFORM", "offscreen", 0); // with a display of one's own, that
  ::setenv("QT_LOGGING_RULES", "meteorograph.start.debug=true", 1);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  std::vector<char *> list;
  for (const char *argument : arguments)
    list.push_back(const_cast<char *>(argument));
  list.push_back(nullptr);
  ::execv(list.front(), list.data());
  ::_exit(127);
}

/// Milliseconds from before the program's process until it says so, or ends while it need not say
/// anything.
double start(const std::string &folder, const std::vector<const char *> &arguments,
             const std::string &until) {
  std::array<int, 2> pipe{};
  require(::pipe(pipe.data()) == 0, "no pipe");
  const Clock clock;
  const pid_t child = ::fork();
  require(child >= 0, "cannot start a process");
  if (child == 0)
    become(folder, pipe[1], arguments);
  ::close(pipe[1]);
  std::string text;
  std::array<char, 4096> room{};
  ssize_t read = 0;
  while ((until.empty() || text.find(until) == std::string::npos) &&
         (read = ::read(pipe[0], room.data(), room.size())) > 0)
    text.append(room.data(), static_cast<std::size_t>(read));
  const double passed = clock.milliseconds();
  ::kill(child, SIGTERM);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(pipe[0]);
  require(text.find(until) != std::string::npos, "the program did not say '" + until + "': " + text);
  return passed;
}

void measure(const Run &run) {
  const std::string program = besideUs("meteorograph");
  require(std::filesystem::exists(program), "there is no " + program);
  const std::string folder = run.path("start");
  std::filesystem::create_directories(folder);
  const std::string store = folder + "/empty.meteorograph";
  std::vector<double> times;
  std::vector<double> limits;
  alternate(
      run.isQuick() ? kQuickRounds : kRounds,
      [&] {
        removeStore(store);
        times.push_back(start(folder, {program.c_str(), "--store", store.c_str()}, kPainted));
      },
      [&] {
        limits.push_back(start(folder, {program.c_str(), "--version"}, ""));
      });
  run.tell(kStart, times, limits);
}

} // namespace

Benchmark windowStartBench() { return {{kStart}, measure}; }

} // namespace meteorograph::bench
