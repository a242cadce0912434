// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/StopSignal.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace meteorograph {

namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

// A signal handler reaches nothing but globals.
std::atomic<bool> stopRequested{false};
static_assert(std::atomic<bool>::is_always_lock_free);
int wakePipe[2] = {-1, -1};

void onSignal(int) {
  const int kept = errno;
  stopRequested = true;
  // A full pipe wakes as well.
  [[maybe_unused]] const ssize_t written = ::write(wakePipe[1], "", 1);
  errno = kept;
}

} // namespace

StopSignal::StopSignal() {
  stopRequested = false;
  if (::pipe2(wakePipe, O_CLOEXEC | O_NONBLOCK) != 0)
    wakePipe[0] = wakePipe[1] = -1; // waitFor() then notices at the end of its time
  struct sigaction action = {};
  action.sa_handler = onSignal;
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  for (const int signal : kSignals)
    ::sigaction(signal, &action, nullptr);
}

StopSignal::~StopSignal() {
  for (const int signal : kSignals)
    std::signal(signal, SIG_DFL);
  for (int &end : wakePipe) {
    ::close(end);
    end = -1;
  }
}

const std::atomic<bool> &StopSignal::flag() const { return stopRequested; }

int StopSignal::descriptor() const { return wakePipe[0]; }

bool StopSignal::waitFor(std::chrono::milliseconds time) const {
  pollfd wake = {wakePipe[0], POLLIN, 0};
  if (!stopRequested)
    ::poll(&wake, 1, static_cast<int>(time.count()));
  return stopRequested;
}

} // namespace meteorograph
