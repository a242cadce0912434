// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/OwnProcess.h"

#include "tests/bench/Run.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace meteorograph::bench {

namespace {

[[noreturn]] void runAndExit(const std::function<void()> &work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL); // nobody waits for a measurement whose parent is gone
  ::signal(SIGINT, SIG_DFL);
  int code = 0;
  try {
    work();
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "meteorograph-bench: %s\n", failure.what());
    code = 1;
  }
  std::fflush(nullptr);
  ::_exit(code); // without the parent's clean-up
}

} // namespace

Ended inOwnProcess(const std::function<void()> &work) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  require(child >= 0, "cannot start a process");
  if (child == 0)
    runAndExit(work);
  int status = 0;
  rusage usage{};
  while (::wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  return {WIFEXITED(status) && WEXITSTATUS(status) == 0, WIFSIGNALED(status),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

Ended inOwnProcess(double *numbers, int count, const std::function<void(double *numbers)> &work) {
  const std::size_t bytes = sizeof(double) * static_cast<std::size_t>(count);
  void *shared = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  require(shared != MAP_FAILED, "no memory to share");
  const Ended ended = inOwnProcess([&] { work(static_cast<double *>(shared)); });
  std::copy_n(static_cast<const double *>(shared), count, numbers);
  ::munmap(shared, bytes);
  return ended;
}

} // namespace meteorograph::bench
